using Ledger.Benchmarks.Load;

namespace Ledger.Benchmarks.Soak;

/// <summary>What <c>bench soak</c> was asked for.</summary>
/// <param name="Validators">Validators.</param>
/// <param name="Clients">Clients that saturate the nodes first, and streams of the open loop then.</param>
/// <param name="Span">How long the open loop lasts.</param>
/// <param name="Share">Its rate over the saturated one.</param>
/// <param name="WindowSpan">Windows whose figures are compared.</param>
/// <param name="Seed">Decides what the transactions hold.</param>
public sealed record SoakOptions(
    int Validators, int Clients, TimeSpan Span, double Share, TimeSpan WindowSpan, ulong Seed)
{
    /// <summary>Measures what saturates.</summary>
    public static LoadTimes Saturation { get; } = new(TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(20));
}
