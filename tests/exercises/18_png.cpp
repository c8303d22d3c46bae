#include <fmt/core.h>
#include <zlib.h>

#include <array>
#include <limits>
#include <string_view>
#include <vector>

#include "lessons/18_png/png.hpp"
#include "tests/exercises/exercise.hpp"
#include "tests/support/teams.hpp"

namespace {

using Bytes = std::vector<std::byte>;

/// Bytes that look random, the same on every machine (Lehmer's generator,
/// multiplier 48271).
Bytes speckled_bytes(std::size_t size) {
    Bytes bytes(size);
    std::uint64_t state = 1;
    for (std::byte& byte : bytes) {
        state = state * 48'271 % 2'147'483'647;
        byte = static_cast<std::byte>(state >> 8);
    }
    return bytes;
}

/// CRC-32 a bit at a time (Portable Network Graphics, 2nd edition, annex D).
std::uint32_t slow_crc(const Bytes& bytes) {
    std::uint32_t crc = 0xFFFFFFFFU;
    for (const std::byte byte : bytes) {
        crc ^= static_cast<std::uint32_t>(byte);
        for (int bit = 0; bit < 8; ++bit) {
            crc = (crc >> 1U) ^ ((crc & 1U) != 0 ? 0xEDB88320U : 0U);
        }
    }
    return ~crc;
}

constexpr std::array<std::int64_t, 7> block_sizes = {
    1, 2, 7, 64, 1000, 4096, std::numeric_limits<std::int64_t>::max()};

/// Both as checksums are written: in eight hexadecimal digits.
void expect_checksum(std::uint32_t found, std::uint32_t expected,
                     const std::string& of) {
    if (found == expected) return;
    ADD_FAILURE() << fmt::format("the checksum of {} is {:08X}, not {:08X}", of,
                                 expected, found);
}

}  // namespace

TEST(Correct, TheCheckValueOfCrc32) {
    // "123456789" has the checksum CBF43926: so it stands in the catalogues.
    const std::string_view digits = "123456789";
    for_each_team([&] {
        for (const std::int64_t block_size : block_sizes) {
            WorkLog log;
            expect_checksum(
                checksum(std::as_bytes(std::span(digits)), block_size, log),
                0xCBF43926U,
                fmt::format("\"123456789\" in blocks of {} bytes", block_size));
        }
    });
}

TEST(Correct, ListsOfEveryLengthInBlocksOfEverySize) {
    for_each_team([] {
        for (const std::size_t size : {0, 1, 2, 6, 7, 8, 999, 1000, 4097}) {
            const Bytes bytes = speckled_bytes(size);
            for (const std::int64_t block_size : block_sizes) {
                WorkLog log;
                expect_checksum(
                    checksum(bytes, block_size, log), slow_crc(bytes),
                    fmt::format("{} bytes in blocks of {}", size, block_size));
            }
        }
    });
}

TEST(Parallel, TheTeamSharesTheBlocks) {
    const Bytes bytes = speckled_bytes(1000);
    expect_shared_items(63, [&](WorkLog& log) {
        expect_checksum(checksum(bytes, 16, log), slow_crc(bytes),
                        "1000 bytes in blocks of 16");
    });
}

TEST(RaceFree, OnAShortList) {
    const Bytes bytes = speckled_bytes(1000);
    repeat_for_race_detector(63,
                             [&](WorkLog& log) { checksum(bytes, 16, log); });
}

TEST(Fast, OnALongList) {
    const Bytes bytes = speckled_bytes(std::size_t{48} << 20);
    constexpr std::int64_t block_size = std::int64_t{1} << 18;
    WorkLog log;
    volatile std::uint32_t result = 0;
    measure_speedup(
        Limit::computing,
        [&] {
            result = static_cast<std::uint32_t>(crc32_z(
                0, reinterpret_cast<const Bytef*>(bytes.data()), bytes.size()));
        },
        [&] { result = checksum(bytes, block_size, log); });
}
