#include "data/sky.hpp"

#include <algorithm>
#include <cmath>

#include "data/noise.hpp"

namespace {

/// The share of the sun's light that arrives at a place in the smoke.
double sunlight(const Smoke& smoke, const Light& light, Vector place) {
    double depth = 0;
    double step = smoke.reach;
    for (int i = 0; i < 4; ++i) {
        place = place + light.to_sun * step;
        depth += smoke.density(place, 3) * step;
        step *= 1.6;
    }
    // Light that was scattered many times comes through thick smoke too.
    return 0.75 * fade(depth) + 0.25 * fade(depth / 5);
}

}  // namespace

Colour clear_sky(const Light& light, Vector direction) {
    const double height = std::max(direction.y, 0.0);
    const Colour air = mix(light.zenith, light.horizon, fade(6 * height));
    const double nearness = std::max(dot(direction, light.to_sun), 0.0);
    const double squared = nearness * nearness;
    return air + light.sun * (0.06 * squared * squared);
}

Colour through_smoke(const Smoke& smoke, const Light& light, const Ray& ray,
                     double nearest, double farthest, double jitter,
                     Colour behind) {
    const double step = (farthest - nearest) / smoke.steps;
    // Smoke throws more light forward than back.
    const double forward = dot(ray.direction, light.to_sun);
    const double scatter = 0.75 + 0.35 * forward * std::fabs(forward);
    Colour seen;
    double clear = 1;
    for (int i = 0; i < smoke.steps && clear > 0.01; ++i) {
        const Vector place = ray.at(nearest + (i + jitter) * step);
        const double density = smoke.density(place, 6);
        if (density <= 0) {
            continue;
        }
        const double sun = sunlight(smoke, light, place) * scatter;
        const double passed = fade(density * step);
        const Colour sent =
            light.sun * (sun * smoke.whiteness) + smoke.glow(place);
        seen = seen + sent * (clear * (1 - passed));
        clear *= passed;
    }
    return seen + behind * clear;
}
