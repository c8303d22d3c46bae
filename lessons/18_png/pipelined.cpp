// Restructured: a pipeline of tasks, so that reading overlaps with the rest.
//
// One thread reads, for the rows of a file come in order. For each band it
// makes two tasks, and reads on without waiting for them. The first one turns
// the band grey and compresses it. No other band takes part in it, so any
// thread may do it, at any time. The second one writes the band. It needs its
// band compressed, `in`, and all bands above written: `inout` of the same
// variable lets these tasks run one at a time, in the order in which they were
// made.

#include <vector>

#include "parts/bands.hpp"
#include "png.hpp"

void write_in_bands(PngReader& picture, const std::filesystem::path& file,
                    int rows_per_band, WorkLog& log) {
    Bands bands(picture, file, rows_per_band, log);
    // Names for `depend`, which takes addresses: nothing is kept there.
    std::vector<char> names(bands.count());
    [[maybe_unused]] char* compressed = names.data();
#pragma omp parallel
#pragma omp single
    for (int i = 0; i < bands.count(); ++i) {
        bands.read(i);
#pragma omp task depend(out : compressed[i])
        {
            bands.grey(i);
            bands.compress(i);
        }
#pragma omp task depend(in : compressed[i]) depend(inout : bands)
        bands.write(i);
    }
    bands.finish();
}
