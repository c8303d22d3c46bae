// Three numbers that are added and scaled together: a place, a direction, or
// a colour (x red, y green, z blue; linear light, 0 dark, about 1 full).

#pragma once

#include <cmath>

struct Vector {
    double x = 0;
    double y = 0;
    double z = 0;
};

using Colour = Vector;

constexpr Vector operator+(Vector a, Vector b) {
    return {a.x + b.x, a.y + b.y, a.z + b.z};
}
constexpr Vector operator-(Vector a, Vector b) {
    return {a.x - b.x, a.y - b.y, a.z - b.z};
}
constexpr Vector operator*(Vector a, Vector b) {
    return {a.x * b.x, a.y * b.y, a.z * b.z};
}
constexpr Vector operator*(Vector a, double scale) {
    return {a.x * scale, a.y * scale, a.z * scale};
}
constexpr double dot(Vector a, Vector b) {
    return a.x * b.x + a.y * b.y + a.z * b.z;
}
inline double length(Vector a) { return std::sqrt(dot(a, a)); }
/// The direction of a: length 1.
inline Vector unit(Vector a) { return a * (1 / length(a)); }

/// From a (share 0) to b (share 1) in a straight line.
constexpr double mix(double a, double b, double share) {
    return a + (b - a) * share;
}
constexpr Vector mix(Vector a, Vector b, double share) {
    return a + (b - a) * share;
}
