using System.Text.Json.Nodes;
using Ledger.Benchmarks.Results;

namespace Ledger.Benchmarks.Running;

/// <summary>A benchmark that can end at any moment, and has then what it measured until there.</summary>
public interface IBenchmarkRun
{
    /// <summary>Whether everything was measured that was asked for.</summary>
    bool IsWhole { get; }

    /// <summary>Whether what the nodes hold at the end is what was written, on all of them.</summary>
    bool IsRight => true;

    /// <summary>
    /// Refuses what cannot end well, before anything is started: sizes, or more than the host bears. Throws
    /// <see cref="BenchmarkException"/> with what would be possible.
    /// </summary>
    void Require();

    /// <summary>Measures, and stops every process that it started, however it ends.</summary>
    Task RunAsync(IProgress<string> progress, CancellationToken interrupt);

    /// <summary>Shows people what was measured.</summary>
    void Show();

    /// <summary>What was measured, as it is written to a file; anything that was not is null.</summary>
    JsonObject Report(RunContext context, bool isPartial);
}
