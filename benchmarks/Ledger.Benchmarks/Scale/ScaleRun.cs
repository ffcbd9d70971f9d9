using System.Text.Json.Nodes;
using Ledger.Benchmarks.Results;
using Ledger.Benchmarks.Running;

namespace Ledger.Benchmarks.Scale;

/// <summary><c>bench scale</c>: what a transaction costs as the work grows.</summary>
public sealed class ScaleRun(ScaleOptions options, string folder, OperationCsv? operations) : IBenchmarkRun
{
    private readonly MemberScale members = new(options, Path.Combine(folder, "members"), operations);
    private readonly GrowthScale growth = new(options, Path.Combine(folder, "growth"), operations);

    /// <inheritdoc/>
    public bool IsWhole => members.IsWhole && growth.IsWhole;

    private IReadOnlyList<ScalePoint> Points => [.. members.Points, .. growth.Points];

    /// <inheritdoc/>
    public void Require() => options.Require(HostCapacity.Read());

    /// <inheritdoc/>
    public async Task RunAsync(IProgress<string> progress, CancellationToken interrupt)
    {
        if (options.Nodes.Count > 0)
        {
            await members.RunAsync(progress, interrupt);
        }

        if (options.Records.Count + options.Blocks.Count > 0)
        {
            await growth.RunAsync(progress, interrupt);
        }
    }

    /// <inheritdoc/>
    public void Show() => ScaleText.Write(Points);

    /// <summary>All points; the last, the largest, stands for the run.</summary>
    public JsonObject Report(RunContext context, bool isPartial)
    {
        IReadOnlyList<ScalePoint> points = Points;
        return ReportFile.Of(context, isPartial, points, points.LastOrDefault());
    }
}
