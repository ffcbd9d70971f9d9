using Ledger.Contracts.Execution;

namespace Ledger.Contracts.Custody;

/// <summary>How much of custody may be open. Each limit bounds a value, or a list that is read.</summary>
public static class CustodyLimits
{
    /// <summary>Plans of a provider that are not withdrawn: more than anybody compares.</summary>
    public const int OpenPlansMax = 16;

    /// <summary>Custodians of one client at a time: its own choice, and what a revocation has to read.</summary>
    public const int CustodiansMax = 4;

    /// <summary>Copies of one range: those of the writer's custodians and those of the learner's.</summary>
    public const int CopiesMax = 2 * CustodiansMax;

    /// <summary>The longest notice: ten years, as school records are kept.</summary>
    public const uint NoticeDaysMax = 3650;

    /// <summary>How long an offer is open, as a ballot is.</summary>
    public const long OfferMs = 30 * BlockDay.LengthMs;
}
