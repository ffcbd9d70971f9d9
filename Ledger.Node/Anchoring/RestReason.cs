namespace Ledger.Node.Anchoring;

/// <summary>Why a record that waits is not part of the next transaction.</summary>
public enum RestReason
{
    /// <summary>It is: it goes with the next one.</summary>
    None,

    /// <summary>Nobody has told this node whose account it is.</summary>
    NotPaired,

    /// <summary>The account's learner is not enrolled at this institution, and no grant lets it write.</summary>
    NotEnrolled,

    /// <summary>It was stored before the learner enrolled, who has not asked for earlier records.</summary>
    BeforeEnrolment,

    /// <summary>The learner wants no more records anchored.</summary>
    OptedOut,

    /// <summary>The institution has no provider index yet.</summary>
    NoProviderIndex,
}
