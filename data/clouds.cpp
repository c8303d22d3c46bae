// An impression of clouds in a summer sky.

#include <algorithm>
#include <cmath>

#include "data/noise.hpp"
#include "data/scene.hpp"
#include "data/sky.hpp"

namespace {

// Lengths in kilometres: x to the right, y up, z away from the viewer.
constexpr double base = 1.0;
constexpr double top = 3.0;

// The direction to the sun has length 1: 8^2 + 4^2 + 1^2 = 9^2.
constexpr Light light{{-8 / 9.0, 4 / 9.0, 1 / 9.0},
                      {3.2, 2.5, 1.8},
                      {0.02, 0.12, 0.46},
                      {0.55, 0.64, 0.74}};

/// Heaps of cloud: flat below, round above, torn at the edges.
double density(Vector place, int octaves) {
    const double level = (place.y - base) / (top - base);
    if (level <= 0 || level >= 1) {
        return 0;
    }
    // Where there are heaps at all, and how high each of them is.
    const double heap =
        fractal({place.x * 0.33 + 21.7, 0.5, place.z * 0.33 + 14.7}, 2);
    const double room = 1.15 * smooth_step(0.46, 0.68, heap) - level;
    const double least = 0.5 - (room - 0.05) / 1.5;
    const double lumps = fractal(place * 1.7, octaves, least);
    const double body = std::clamp((lumps - least) * 1.5, 0.0, 1.0);
    return 55 * body * smooth_step(0, 0.08, level);
}

/// Light from the sky, more of it higher up.
Colour glow(Vector place) {
    return Colour{0.25, 0.30, 0.46} *
           mix(0.55, 1, (place.y - base) / (top - base));
}

constexpr Smoke cloud{density, glow, 1, 0.08, 120};

Colour colour_at(double x, double y) {
    constexpr double view = 1.1;  // width of what is seen, at z = 1
    constexpr double horizon = 0.59;
    const Ray ray{{}, unit({(x - 0.5) * view, (horizon - y) * view, 1})};
    const Colour sky = clear_sky(light, ray.direction);
    const double nearest = std::max(base / ray.direction.y, 4.5);
    const double farthest = std::min(top / ray.direction.y, 20.0);
    if (farthest <= nearest) {
        return sky;
    }
    const Colour seen = through_smoke(cloud, light, ray, nearest, farthest,
                                      jitter_at(x, y), sky);
    // Haze hides what is far away.
    return mix(sky, seen,
               fade(0.05 * nearest) * (1 - smooth_step(10, 20, nearest)));
}

void paint_column(double x, std::span<const double> y,
                  std::span<Colour> colours) {
    for (std::size_t i = 0; i < y.size(); ++i) {
        colours[i] = colour_at(x, y[i]);
    }
}

}  // namespace

const Scene clouds{"clouds", 512, 16, 9, 0.008, paint_column, nullptr};
