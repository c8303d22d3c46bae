// A volcano above a lake, late in the afternoon.
//
// Where a line of sight meets the land, a second one goes to the sun, to see
// whether the place lies in shadow (Musgrave in Ebert et al., Texturing and
// Modeling, 3rd edition, 2003, chapters 16 to 18). Lengths are those of
// land.hpp.

#include <algorithm>
#include <cmath>
#include <vector>

#include "data/land.hpp"
#include "data/noise.hpp"
#include "data/scene.hpp"
#include "data/sky.hpp"

namespace {

constexpr Vector eye{0, 0.54, 0};
constexpr double far_away = 45;

// The direction to the sun has length 1: 6^2 + 3^2 + 2^2 = 7^2.
constexpr Light light{{-6 / 7.0, 3 / 7.0, -2 / 7.0},
                      {3.0, 2.2, 1.4},
                      {0.05, 0.18, 0.50},
                      {0.62, 0.66, 0.72}};

/// Octaves that can be seen from a distance.
int octaves_at(double distance) {
    if (distance < 3) {
        return 10;
    }
    return distance < 8 ? 9 : distance < 20 ? 8 : 6;
}

/// How much of the sun shines on a place, 0 .. 1. The edge of a shadow is
/// softer the farther away is what casts it (Quilez, "Soft shadows in
/// raymarched SDFs", 2010, https://iquilezles.org/articles/rmshadows/).
double sunlit(Vector place) {
    const Ray to_sun{place, light.to_sun};
    double open = 1;
    double distance = 0.006;
    for (int i = 0; i < 18 && open > 0; ++i) {
        const Vector probe = to_sun.at(distance);
        const double land =
            i < 4 ? surface(probe.x, probe.z, 6) : ground(probe.x, probe.z, 4);
        const double gap = probe.y - land;
        open = std::min(open, 0.5 + 14 * gap / distance);
        distance += std::clamp(0.8 * gap, 0.005 + 0.15 * distance, 0.7);
    }
    const double cloud = worn_noise(place.x * 0.3 + 2, place.z * 0.3, 4);
    return smooth_step(0, 1, open) *
           mix(1, 0.35, smooth_step(0.40, 0.55, cloud));
}

/// The direction that the land faces at a place on its surface.
Vector normal_at(Vector place, double side, int octaves) {
    return unit({place.y - surface(place.x + side, place.z, octaves), side,
                 place.y - surface(place.x, place.z + side, octaves)});
}

/// Meadow, with red flowers in places.
Colour meadow(Vector place, double patch) {
    const double coarse = worn_noise(place.x * 31, place.z * 31, 5);
    const double fine = worn_noise(place.x * 140, place.z * 140 + 3, 4);
    const Colour grass = mix({0.055, 0.10, 0.025}, {0.24, 0.25, 0.07},
                             1.3 * coarse + 0.9 * (fine - 0.3));
    const Colour flowers =
        mix({0.10, 0.03, 0.03}, {0.44, 0.10, 0.05}, 2.2 * fine);
    const double flowering =
        patch + 0.6 * (coarse - 0.3) + 0.3 * (fine - 0.3) - 0.25 * place.y;
    return mix(grass, flowers, smooth_step(0.43, 0.55, flowering));
}

/// The volcano's rock: ash, and higher up dark and red lava of old.
Colour rock(Vector place, double patch) {
    const double streak = gullies(place.x, place.z, 6);
    const Colour ash =
        mix({0.13, 0.105, 0.085}, {0.30, 0.15, 0.075}, 1.6 * patch);
    const Colour scoria =
        mix({0.20, 0.07, 0.045}, {0.075, 0.068, 0.075},
            smooth_step(0.25, 0.5, streak + 0.3 * (patch - 0.35)));
    return mix(ash, scoria,
               smooth_step(0.9, 2.0, place.y + 1.4 * (streak - 0.35)));
}

/// The colour of the land under a tree of some height: sand at the shore, then
/// meadow, then rock.
Colour matter(Vector place, Vector normal, double tree) {
    const double patch =
        worn_noise(place.x * 2.1 + 22.1, place.z * 2.1 + 31, 6);
    const double green_up_to = 0.7 - 0.5 * (patch - 0.35);
    const double steep = smooth_step(0.1, 0.3, place.y) *
                         (1 - smooth_step(0.55, 0.75, normal.y));
    Colour colour = mix(meadow(place, patch), rock(place, patch),
                        smooth_step(-0.2, 0.2, place.y - green_up_to));
    colour = mix(Colour{0.42, 0.35, 0.24}, colour,
                 smooth_step(0.003, 0.015, place.y));
    colour = mix(colour, {0.16, 0.13, 0.12}, 0.8 * steep);
    return mix(colour, {0.035, 0.065, 0.018}, smooth_step(0.002, 0.004, tree));
}

/// The light of the lava that runs from the crater towards the viewer.
Colour lava(Vector place) {
    const double down = summit.z - place.z;
    const double aside = place.x - summit.x;
    if (down < 0.2 || down > 2.7 || std::fabs(aside) > 1.5) {
        return {};
    }
    const double bend =
        0.10 + 0.4 * (worn_noise(down * 1.3 + 5, 3.3, 4) - 0.35);
    const double off = std::fabs(aside - bend * down) / 0.035;
    const double hot =
        smooth_step(0.25, 0.45, down) * (1 - smooth_step(1.0, 2.6, down));
    return Colour{4.5, 0.9, 0.06} * (hot * fade(1.5 * off * off)) +
           Colour{0.42, 0.036, 0.002} * (hot * fade(0.3 * off));
}

/// The light that the land at a place sends to an eye at a distance.
Colour land(Vector place, double distance) {
    const int octaves = octaves_at(distance);
    place.y = surface(place.x, place.z, octaves);
    const double tree = place.y - ground(place.x, place.z, octaves);
    const Vector normal = normal_at(place, 0.0006 + 0.0003 * distance, octaves);
    const double facing = dot(normal, light.to_sun);
    const double sun = facing > 0 ? facing * sunlit(place) : 0;
    const Colour from_sky =
        light.zenith * (0.6 + 0.5 * normal.y) + light.sun * 0.045;
    return matter(place, normal, tree) * (light.sun * sun + from_sky) +
           lava(place);
}

/// What is seen through the air between; blue light is scattered the most.
Colour hazed(Colour seen, const Ray& ray, double distance) {
    const Vector level = unit({ray.direction.x, 0.02, ray.direction.z});
    const Colour air = clear_sky(light, level) * Colour{0.72, 0.86, 1.05};
    return mix(air, seen, fade(0.02 * distance));
}

constexpr double cloud_base = 3.2;
constexpr double cloud_top = 4.5;

double cloud_density(Vector place, int octaves) {
    const double level = (place.y - cloud_base) / (cloud_top - cloud_base);
    if (level <= 0 || level >= 1) {
        return 0;
    }
    const double least = 0.535 + 0.23 * level;
    const double lumps =
        fractal(place * 0.42 + Vector{3, 0, 1}, octaves, least);
    return 15 * std::max(lumps - least, 0.0) * smooth_step(0, 0.15, level);
}

Colour cloud_glow(Vector /*place*/) { return {0.34, 0.40, 0.54}; }

constexpr Smoke cloud{cloud_density, cloud_glow, 1, 0.15, 26};

/// Smoke that rises from the crater and leans with the wind, ever wider.
double plume_density(Vector place, int octaves) {
    const Vector p = place - summit;
    const double rise = p.y + 0.25;  // it comes from deep in the crater
    if (rise <= 0) {
        return 0;
    }
    // Distance from the parabola x = 0.3 rise^2, near enough.
    const double lean = 0.6 * rise;
    const double beside = (p.x - 0.3 * rise * rise) / length({1, lean, 0});
    const double out = length({beside, 0, p.z}) / (0.20 + 0.33 * rise);
    const double least = 0.5 + (out - 0.85) / 2.4;
    if (out > 1.7) {
        return 0;
    }
    const double lumps =
        fractal(place * 2.6 - Vector{0, 0.7 * rise, 0}, octaves, least);
    const double body = std::clamp(2.4 * (lumps - least), 0.0, 1.0);
    return 26 * body * fade(0.45 * rise);
}

/// Light from the sky, and from the lava below.
Colour plume_glow(Vector place) {
    return Colour{0.09, 0.095, 0.125} +
           Colour{1.6, 0.32, 0.05} * fade(5 * length(place - summit));
}

constexpr Smoke plume{plume_density, plume_glow, 0.42, 0.05, 48};

/// The sky with its clouds.
Colour sky(const Ray& ray, double jitter) {
    const Colour clear = clear_sky(light, ray.direction);
    const double height = ray.direction.y;
    if (height < 0.02) {
        return clear;
    }
    const double nearest = cloud_base / height;
    const Colour cloudy = through_smoke(cloud, light, ray, nearest,
                                        cloud_top / height, jitter, clear);
    return mix(clear, cloudy,
               fade(0.03 * nearest) * smooth_step(0.02, 0.07, height));
}

/// All that is seen along a ray that meets the land at a distance (far_away:
/// does not meet it), and no water before.
Colour look(const Ray& ray, double distance, double jitter) {
    const Colour seen =
        distance < far_away
            ? hazed(land(ray.at(distance), distance), ray, distance)
            : sky(ray, jitter);
    const double to_summit = (summit.z - ray.from.z) / ray.direction.z;
    const Vector middle = ray.at(to_summit);
    const double farthest = std::min(to_summit + 1.4, distance);
    if (middle.y < 1.9 || middle.x < summit.x - 1.2 ||
        farthest < to_summit - 1.4) {
        return seen;
    }
    const Colour smoky = through_smoke(plume, light, ray, to_summit - 1.4,
                                       farthest, jitter, seen);
    return mix(seen, smoky, 0.92);
}

/// How far a ray from the lake goes until it meets the land; far_away: never.
/// Its steps are as long as the air below the ray allows.
double meet(const Ray& ray) {
    double distance = 0;
    double step = 0.02;
    double gap_before = 0;
    while (distance + step < far_away) {
        const Vector place = ray.at(distance + step);
        if (place.y > summit.y + 0.2) {
            return far_away;
        }
        const double gap = place.y - ground(place.x, place.z, 4);
        if (gap < 0) {
            // The land is met within the step, where the gap would be 0.
            const double before = std::max(gap_before, 0.0);
            return distance + step * before / (before - gap);
        }
        distance += step;
        gap_before = gap;
        step = std::max(0.6 * gap, 0.01 + 0.004 * distance);
    }
    return far_away;
}

/// The lake: a mirror with small waves (Schlick, "An Inexpensive BRDF Model
/// for Physically-based Rendering", 1994, for how much of the light it
/// mirrors).
Colour water(const Ray& ray, double distance, double jitter) {
    const Vector place = ray.at(distance);
    const double wind = worn_noise(place.x * 1.1, place.z * 3, 3);
    const double waves = 0.0015 + 0.011 * smooth_step(0.25, 0.5, wind);
    const Relief wave = relief(place.x * 160, place.z * 160);
    const Relief ripple = relief(place.x * 410 + 9, place.z * 410);
    const Vector normal = unit({waves * (wave.slope_x + ripple.slope_x), 1,
                                waves * (wave.slope_z + ripple.slope_z)});
    const double facing = dot(normal, ray.direction);
    Vector mirrored = ray.direction - normal * (2 * facing);
    mirrored.y = std::fabs(mirrored.y);
    const Ray onward{place, mirrored};
    const double grazing = 1 - std::max(-facing, 0.0);
    const double squared = grazing * grazing;
    const double share = 0.02 + 0.98 * squared * squared * grazing;
    const Colour image = look(onward, meet(onward), jitter);
    return hazed(mix({0.02, 0.085, 0.11}, image, share), ray, distance);
}

/// The land under a column of the picture. All rays of the column pass over
/// the same line on the ground: one walk along it serves all of them.
struct Profile {
    std::vector<double> z;      ///< of places on the line
    std::vector<double> slope;  ///< of the lowest ray that gets past the place
};

Profile profile_of(double across) {
    Profile profile;
    double lowest = -1e9;
    double z = 0.15;
    while (z < far_away) {
        const double height = surface(across * z, z, octaves_at(z));
        lowest = std::max(lowest, (height - eye.y) / z);
        profile.z.push_back(z);
        profile.slope.push_back(lowest);
        z *= 1.0015;
    }
    return profile;
}

/// The z at which a ray of a slope meets the land; far_away: never.
double meet(const Profile& profile, double slope) {
    const auto found =
        std::lower_bound(profile.slope.begin(), profile.slope.end(), slope);
    if (found == profile.slope.end()) {
        return far_away;
    }
    const auto i = static_cast<std::size_t>(found - profile.slope.begin());
    if (i == 0) {
        return profile.z.front();
    }
    const double z_before = profile.z[i - 1];
    const double slope_before = profile.slope[i - 1];
    const double rise =
        profile.slope[i] * profile.z[i] - slope_before * z_before;
    if (rise > 0.7 * (profile.z[i] - z_before)) {
        return profile.z[i];  // steep as only a tree is: the ray ends there
    }
    return mix(z_before, profile.z[i],
               (slope - slope_before) / (profile.slope[i] - slope_before));
}

void paint_column(double x, std::span<const double> y,
                  std::span<Colour> colours) {
    constexpr double view = 0.98;  // width of what is seen, at z = 1
    constexpr double horizon = 0.40;
    const double across = (x - 0.5) * view;
    const Profile profile = profile_of(across);
    for (std::size_t i = 0; i < y.size(); ++i) {
        const double slope = (horizon - y[i]) * view;
        const Vector to_depth_1{across, slope, 1};
        const double stretch = length(to_depth_1);
        const Ray ray{eye, unit(to_depth_1)};
        const double jitter = jitter_at(x, y[i]);
        const double shore = meet(profile, slope);
        const double lake = slope < 0 ? -eye.y / slope : far_away;
        colours[i] = lake < shore ? water(ray, lake * stretch, jitter)
                                  : look(ray, shore * stretch, jitter);
    }
}

}  // namespace

const Scene volcano{"volcano", 864, 3, 2, 0.008, paint_column, nullptr};
