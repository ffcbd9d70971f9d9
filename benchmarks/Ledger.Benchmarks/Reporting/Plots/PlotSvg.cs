using OxyPlot;
using OxyPlot.Axes;
using OxyPlot.Legends;
using OxyPlot.Series;

namespace Ledger.Benchmarks.Reporting.Plots;

/// <summary>Draws plots as SVG that stands in a page and loads nothing.</summary>
public static class PlotSvg
{
    private const double Width = 720;
    private const double Height = 400;
    private const double BarHeight = 26;
    private const double BarsBeside = 90;
    private const double MarkerSize = 3;

    /// <summary>Bands that lie over each other stay visible, of 255.</summary>
    private const byte BandOpacity = 48;

    /// <summary>Room above the greatest value, as a share of it.</summary>
    private const double Headroom = 0.08;

    // Distinguished by people with the common colour blindnesses, and on paper by their markers.
    private static readonly OxyColor[] Colours =
    [
        OxyColor.FromRgb(0, 114, 178), OxyColor.FromRgb(213, 94, 0), OxyColor.FromRgb(0, 158, 115),
        OxyColor.FromRgb(204, 121, 167), OxyColor.FromRgb(86, 180, 233), OxyColor.FromRgb(230, 159, 0),
        OxyColor.FromRgb(0, 0, 0),
    ];

    private static readonly MarkerType[] Markers =
        [MarkerType.Circle, MarkerType.Square, MarkerType.Triangle, MarkerType.Diamond];

    /// <summary>Points joined by lines.</summary>
    public static string Lines(PlotAxis horizontal, PlotAxis vertical, IReadOnlyList<PlotPoints> series) =>
        Draw(horizontal, vertical, series, (points, place) =>
        {
            LineSeries line = new()
            {
                Title = points.Name,
                Color = Colours[place % Colours.Length],
                MarkerType = Markers[place % Markers.Length],
                MarkerSize = MarkerSize,
                MarkerFill = Colours[place % Colours.Length],
                StrokeThickness = 1.5,
            };
            line.Points.AddRange(points.Points.Select(point => new DataPoint(point.X, point.Y)));
            return line;
        });

    /// <summary>Lines, each within the band of its intervals.</summary>
    public static string Bands(PlotAxis horizontal, PlotAxis vertical, IReadOnlyList<PlotBand> bands)
    {
        PlotModel model = NewModel(withLegend: bands.Count > 1);
        model.Axes.Add(AxisOf(
            horizontal, AxisPosition.Bottom, bands.SelectMany(band => band.Points).Select(point => point.X)));
        model.Axes.Add(AxisOf(
            vertical, AxisPosition.Left, bands.SelectMany(band => band.Points).Select(point => point.High)));
        for (int place = 0; place < bands.Count; place++)
        {
            OxyColor colour = Colours[place % Colours.Length];
            AreaSeries area = new()
            {
                Title = bands[place].Name, Color = OxyColors.Transparent, Color2 = OxyColors.Transparent,
                Fill = OxyColor.FromAColor(BandOpacity, colour), RenderInLegend = false,
            };
            area.Points.AddRange(bands[place].Points.Select(point => new DataPoint(point.X, point.Low)));
            area.Points2.AddRange(bands[place].Points.Select(point => new DataPoint(point.X, point.High)));
            model.Series.Add(area);
            LineSeries line = new()
            {
                Title = bands[place].Name, Color = colour, StrokeThickness = 1.5, MarkerSize = MarkerSize,
                MarkerType = Markers[place % Markers.Length], MarkerFill = colour,
            };
            line.Points.AddRange(bands[place].Points.Select(point => new DataPoint(point.X, point.Middle)));
            model.Series.Add(line);
        }

        return Export(model, Height);
    }

    /// <summary>Lines without markers, for many points.</summary>
    public static string Curves(PlotAxis horizontal, PlotAxis vertical, IReadOnlyList<PlotPoints> series) =>
        Draw(horizontal, vertical, series, (points, place) =>
        {
            LineSeries line = new()
            {
                Title = points.Name, Color = Colours[place % Colours.Length], StrokeThickness = 1.5,
            };
            line.Points.AddRange(points.Points.Select(point => new DataPoint(point.X, point.Y)));
            return line;
        });

    /// <summary>Points alone.</summary>
    public static string Dots(PlotAxis horizontal, PlotAxis vertical, IReadOnlyList<PlotPoints> series) =>
        Draw(horizontal, vertical, series, (points, place) =>
        {
            ScatterSeries dots = new()
            {
                Title = points.Name,
                MarkerType = Markers[place % Markers.Length],
                MarkerSize = MarkerSize / 2,
                MarkerFill = Colours[place % Colours.Length],
            };
            dots.Points.AddRange(Distinguished(points.Points).Select(point => new ScatterPoint(point.X, point.Y)));
            return dots;
        });

    /// <summary>A bar for each name, the first one on top.</summary>
    public static string Bars(PlotAxis values, IReadOnlyList<(string Name, double Value)> bars)
    {
        PlotModel model = NewModel(withLegend: false);
        CategoryAxis names = new() { Position = AxisPosition.Left, StartPosition = 1, EndPosition = 0 };
        names.Labels.AddRange(bars.Select(bar => bar.Name));
        model.Axes.Add(names);
        model.Axes.Add(AxisOf(values, AxisPosition.Bottom, bars.Select(bar => bar.Value)));
        BarSeries series = new() { FillColor = Colours[0], LabelFormatString = "{0:#,0.###}" };
        series.Items.AddRange(bars.Select(bar => new BarItem(bar.Value)));
        model.Series.Add(series);
        return Export(model, BarsBeside + (BarHeight * bars.Count));
    }

    // Points that would cover each other are drawn once; the table beside the plot has all of them.
    private static IEnumerable<(double X, double Y)> Distinguished(IReadOnlyList<(double X, double Y)> points)
    {
        double width = points.Select(point => Math.Abs(point.X)).DefaultIfEmpty(1).Max() / Width;
        double height = points.Select(point => Math.Abs(point.Y)).DefaultIfEmpty(1).Max() / Height;
        return points.DistinctBy(point => (
            width > 0 ? Math.Round(point.X / width) : 0, height > 0 ? Math.Round(point.Y / height) : 0));
    }

    private static string Draw(
        PlotAxis horizontal,
        PlotAxis vertical,
        IReadOnlyList<PlotPoints> series,
        Func<PlotPoints, int, Series> draw)
    {
        PlotModel model = NewModel(withLegend: series.Count > 1);
        model.Axes.Add(AxisOf(
            horizontal, AxisPosition.Bottom, series.SelectMany(points => points.Points).Select(point => point.X)));
        model.Axes.Add(AxisOf(
            vertical, AxisPosition.Left, series.SelectMany(points => points.Points).Select(point => point.Y)));
        for (int place = 0; place < series.Count; place++)
        {
            model.Series.Add(draw(series[place], place));
        }

        return Export(model, Height);
    }

    private static PlotModel NewModel(bool withLegend)
    {
        PlotModel model = new() { Background = OxyColors.White, DefaultFont = "sans-serif" };
        if (withLegend)
        {
            model.Legends.Add(new Legend
            {
                LegendPlacement = LegendPlacement.Outside, LegendPosition = LegendPosition.TopCenter,
                LegendOrientation = LegendOrientation.Horizontal,
            });
        }

        return model;
    }

    private static Axis AxisOf(PlotAxis axis, AxisPosition position, IEnumerable<double> values)
    {
        double greatest = values.DefaultIfEmpty(1).Max();
        return axis.IsLogarithmic
            ? new LogarithmicAxis
            {
                Position = position, Title = axis.Title, MajorGridlineStyle = LineStyle.Dot,
                StringFormat = "#,0.###",
            }
            : new LinearAxis
            {
                Position = position, Title = axis.Title, MajorGridlineStyle = LineStyle.Dot, Minimum = 0,
                Maximum = greatest > 0 ? greatest * (1 + Headroom) : 1, StringFormat = "#,0.###",
            };
    }

    private static string Export(PlotModel model, double height)
    {
        SvgExporter exporter = new()
        {
            Width = Width, Height = height, IsDocument = false, TextMeasurer = new TextSize(),
        };
        return exporter.ExportToString(model);
    }
}
