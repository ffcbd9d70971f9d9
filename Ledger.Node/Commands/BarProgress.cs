using Ledger.Node.Records;
using Spectre.Console;

namespace Ledger.Node.Commands;

/// <summary>Shows how far a move of a store is: a bar for each table, for copying and for comparing.</summary>
internal sealed class BarProgress(ProgressContext context) : IProgress<MoveProgress>
{
    private readonly Dictionary<string, ProgressTask> bars = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public void Report(MoveProgress value)
    {
        string name = $"{(value.IsComparing ? "compare" : "copy")} {value.Table.Replace('_', ' ')}";
        if (!bars.TryGetValue(name, out ProgressTask? bar))
        {
            bar = context.AddTask(name, maxValue: Math.Max(1, value.Total));
            bars.Add(name, bar);
        }

        bar.Value = value.Done;
    }
}
