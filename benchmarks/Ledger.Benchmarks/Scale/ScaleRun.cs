using System.Text.Json.Nodes;

namespace Ledger.Benchmarks.Scale;

/// <summary><c>bench scale</c>: what a transaction costs as the work grows.</summary>
public sealed class ScaleRun(ScaleOptions options, string folder)
{
    private readonly MemberScale members = new(options, Path.Combine(folder, "members"));
    private readonly GrowthScale growth = new(options, Path.Combine(folder, "growth"));

    /// <summary>Whether everything was measured that was asked for.</summary>
    public bool IsWhole => members.IsWhole && growth.IsWhole;

    /// <summary>What was measured.</summary>
    public IReadOnlyList<ScalePoint> Points => [.. members.Points, .. growth.Points];

    /// <summary>The points as JSON.</summary>
    public IReadOnlyList<JsonObject> Json => [.. Points.Select(point => point.ToJson())];

    /// <summary>Measures.</summary>
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
}
