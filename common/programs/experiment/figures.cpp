#include "common/programs/experiment/figures.hpp"

#include "common/programs/experiment/drawings.hpp"
#include "common/programs/experiment/gnuplot.hpp"

std::vector<Figure> draw_figures(const Experiment& experiment,
                                 const std::filesystem::path& folder) {
    std::vector<Figure> figures;
    for (const auto& drawing :
         {speedup_drawing(experiment), efficiency_drawing(experiment),
          time_drawing(experiment), phases_drawing(experiment)}) {
        if (drawing) figures.push_back(draw(*drawing, experiment, folder));
    }
    for (const Drawing& drawing : timeline_drawings(experiment)) {
        figures.push_back(draw(drawing, experiment, folder));
    }
    return figures;
}
