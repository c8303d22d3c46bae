// The pictures that `paint` knows.

#pragma once

#include <span>
#include <string_view>

#include "data/vector.hpp"

/// A picture as a function of the place in it.
///
/// Places are measured in widths of the picture: x = 0 .. 1 from left to
/// right, y = 0 .. height / width from top to bottom. So a picture shows the
/// same at every width.
struct Scene {
    std::string_view name;
    int width;        ///< in pixels, where no other is asked for
    int shape_width;  ///< width : height, in small whole numbers
    int shape_height;
    double grain;  ///< strength of the noise of the camera's sensor, 0 .. 1

    /// Finds the colours of a column: colours[i] is that of place (x, y[i]).
    /// It depends on nothing else, so columns may be painted in any order.
    void (*paint_column)(double x, std::span<const double> y,
                         std::span<Colour> colours);
    /// Opacity 0 .. 1 at a place; null: the picture is opaque throughout.
    double (*opacity_at)(double x, double y);
};

extern const Scene green;
extern const Scene clouds;
extern const Scene volcano;
