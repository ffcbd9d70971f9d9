namespace Ledger.Benchmarks.Costs;

/// <summary>Who signs a call.</summary>
public enum CostSigner
{
    /// <summary>The school of the call's number.</summary>
    School,

    /// <summary>The learner of the call's number.</summary>
    Learner,
}
