using OxyPlot;

namespace Ledger.Benchmarks.Reporting.Plots;

/// <summary>
/// How much room text takes at most in the reader's sans-serif font, which is not known when a plot is drawn: nothing
/// is cut off or overlaps in a wide one.
/// </summary>
internal sealed class TextSize() : PdfRenderContext(1, 1, OxyColors.White)
{
    /// <summary>Of the widest usual fonts, an average over Latin letters and digits; in heights of the font.</summary>
    private const double LetterWidth = 0.64;

    private const double LineHeight = 1.25;

    /// <inheritdoc/>
    public override OxySize MeasureText(string text, string fontFamily, double fontSize, double fontWeight) =>
        string.IsNullOrEmpty(text)
            ? OxySize.Empty
            : new OxySize(text.Length * fontSize * LetterWidth, fontSize * LineHeight);
}
