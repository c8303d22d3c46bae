#include "data/land.hpp"

#include <algorithm>
#include <cmath>

#include "data/noise.hpp"

namespace {

/// The volcano without its surroundings: a cone, steeper towards the crater.
double cone(double x, double z, int octaves) {
    const double radius = length({x - summit.x, 0, z - summit.z});
    const double slope = summit.y * 1.25 * (fade(radius / 2.1) - 0.05);
    if (slope < 0) {
        return 0;
    }
    const double cut = gullies(x, z, std::min(octaves, 6));
    const double ridges =
        0.19 * slope * smooth_step(0.1, 2.4, radius) * (cut - 0.4);
    const double rim = 0.38 + 0.15 * cut;
    const double crater = 0.55 * (1 - smooth_step(0.3, 1, radius / rim));
    return slope + ridges - crater;
}

/// The share of the ground that trees cover: little of the meadows, nothing
/// of the shore, of the heights and of the viewer's own hilltop.
double woods(double x, double z, double height) {
    const double patch = worn_noise(x * 1.7 + 3, z * 1.7 + 8, 4);
    // Few trees near the viewer, but for both sides of the view.
    const double aside = smooth_step(0.2, 0.5, std::fabs(x) / z);
    const double bare = mix(0.70 - 0.48 * aside, 0.30, smooth_step(1, 6, z));
    const double treeline =
        1 - smooth_step(0.50, 0.85, height + 0.8 * (patch - 0.3));
    return smooth_step(0.5, 0.9, z) * smooth_step(0.004, 0.02, height) *
           treeline * mix(0.007, 0.9, smooth_step(bare, bare + 0.08, patch));
}

/// Trees on a grid of squares of side 1, at most one a square: cones of
/// height 1 at most.
double trees_on_grid(double x, double z, double share) {
    const double west = std::floor(x);
    const double south = std::floor(z);
    const int i = static_cast<int>(west);
    const int k = static_cast<int>(south);
    if (random_at(i, k, 4) >= share) {
        return 0;
    }
    const double beside = x - west - 0.3 - 0.4 * random_at(i, k, 1);
    const double behind = z - south - 0.3 - 0.4 * random_at(i, k, 2);
    const double branches = 0.75 + 0.6 * relief(x * 7, z * 7).height;
    const double out = length({beside, 0, behind}) * branches / 0.42;
    return std::max(mix(0.35, 1, random_at(i, k, 3)) - out, 0.0);
}

/// Height of the trees above the ground. There are two grids, one of them
/// turned, to hide each other's rows.
double trees(double x, double z, double share) {
    constexpr double tallest = 0.024;
    constexpr double spacing = 0.013;
    x = x / spacing + 1000;
    z = z / spacing;
    return tallest *
           std::max(trees_on_grid(x, z, share),
                    trees_on_grid(0.8 * x - 0.6 * z, 0.6 * x + 0.8 * z, share));
}

}  // namespace

double worn_noise(double x, double z, int octaves) {
    double sum = 0;
    double strength = 0.5;
    double slope_x = 0;
    double slope_z = 0;
    for (int octave = 0; octave < octaves; ++octave) {
        const Relief part = relief(x, z);
        slope_x += part.slope_x;
        slope_z += part.slope_z;
        const double steepness = slope_x * slope_x + slope_z * slope_z;
        sum += strength * part.height / (1 + 0.6 * steepness);
        strength /= 2;
        // Twice as fine, and turned (3, 4 and 5 make a right triangle) to
        // hide the lattice of the noise.
        const double turned = 1.6 * x - 1.2 * z + 7.3;
        z = 1.2 * x + 1.6 * z + 2.9;
        x = turned;
    }
    return sum;
}

double gullies(double x, double z, int octaves) {
    const Vector out{x - summit.x, 0, z - summit.z};
    const double radius = length(out) + 1e-9;
    // Where the noise is taken depends on the direction from the summit far
    // more than on the distance: it runs down the slope.
    return worn_noise(5 * out.x / radius + 0.35 * radius + 40,
                      5 * out.z / radius + 0.15 * radius + 40, octaves);
}

double ground(double x, double z, int octaves) {
    const double hills = worn_noise(x * 0.45 + 11, z * 0.45 + 5, octaves);
    const double basin_x = (x - 0.6) / 4.4;
    const double basin_z = (z - 4.8) / 2.1;
    const double basin = basin_x * basin_x + basin_z * basin_z +
                         1.6 * (hills - 0.35);  // the lake is where it is small
    const double shore = smooth_step(0.75, 2.6, basin);
    const double hilltop = 0.30 * std::clamp(1 - z / 2.6, 0.0, 1.0);
    const double mountains = 1.9 * smooth_step(11, 24, z);
    return -0.20 + 0.22 * smooth_step(0.4, 1.1, basin) +
           shore * (hilltop + hills * (0.32 + mountains)) + cone(x, z, octaves);
}

double surface(double x, double z, int octaves) {
    const double height = ground(x, z, octaves);
    if (height < 0.01 || height > 0.95) {
        return height;
    }
    const double tussocks = z < 4 ? 0.003 * worn_noise(x * 70, z * 70, 4) : 0;
    return height + std::max(trees(x, z, woods(x, z, height)), tussocks);
}
