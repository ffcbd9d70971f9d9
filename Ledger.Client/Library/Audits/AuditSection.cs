namespace Ledger.Client.Audits;

/// <summary>Under which heading of a report an event stands.</summary>
public enum AuditSection
{
    /// <summary>It is only counted.</summary>
    None,

    /// <summary>Somebody voted.</summary>
    Votes,

    /// <summary>A key, an endpoint or a binding changed.</summary>
    Keys,

    /// <summary>An institution may no longer transact, or is closed.</summary>
    Closures,

    /// <summary>Somebody asked to join, was admitted or not; what members decided otherwise.</summary>
    Memberships,
}
