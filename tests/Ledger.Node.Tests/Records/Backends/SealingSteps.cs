using Ledger.Node.Records;

namespace Ledger.Node.Tests.Records.Backends;

/// <summary>What a store tells of the sealing of an older format, and what is done at each step.</summary>
internal sealed class SealingSteps : IProgress<SealingProgress>
{
    public List<SealingProgress> Steps { get; } = [];

    public Action<SealingProgress> OnReport { get; init; } = static _ => { };

    public void Report(SealingProgress value)
    {
        Steps.Add(value);
        OnReport(value);
    }
}
