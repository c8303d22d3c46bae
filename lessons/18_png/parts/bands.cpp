#include "bands.hpp"

#include <algorithm>

void make_grey(Image& rows) {
    for (int y = 0; y < rows.height(); ++y) {
        for (Pixel& pixel : rows.row(y)) {
            const int sum = pixel.red + pixel.green + pixel.blue;
            const auto mean = static_cast<std::uint8_t>(sum / 3);
            pixel = {mean, mean, mean};
        }
    }
}

Bands::Bands(PngReader& picture, const std::filesystem::path& file,
             int rows_per_band, WorkLog& log)
    : picture_(picture),
      file_(file, picture.width(), picture.height(), picture.has_alpha()),
      rows_per_band_(rows_per_band),
      log_(log),
      rows_(number_of_bands(picture.height(), rows_per_band)),
      bands_(rows_.size()) {}

void Bands::do_step(int i, int step,
                    const std::function<void()>& work) noexcept {
    if (has_failed_) return;
    const WorkLog::Item noted = log_.item(std::int64_t{4} * i + step);
    try {
        work();
    } catch (...) {
        if (!has_failed_.exchange(true)) failure_ = std::current_exception();
    }
}

void Bands::read(int i) {
    do_step(i, 0, [&] {
        const int left = picture_.height() - i * rows_per_band_;
        rows_[i] = picture_.read(std::min(rows_per_band_, left));
    });
}

void Bands::grey(int i) {
    do_step(i, 1, [&] { make_grey(rows_[i]); });
}

void Bands::compress(int i) {
    do_step(i, 2, [&] {
        bands_[i] = compress_band(rows_[i]);
        rows_[i] = Image();
    });
}

void Bands::write(int i) {
    do_step(i, 3, [&] {
        file_.append(bands_[i]);
        bands_[i] = Band();
    });
}

void Bands::finish() {
    if (failure_) std::rethrow_exception(failure_);
    file_.finish();
}
