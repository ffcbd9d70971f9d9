namespace Ledger.Consensus;

/// <summary>What a vote rests on and must be durable with it (S-5).</summary>
public enum StoredItemKind
{
    /// <summary>Bytes of a proposal. The store writes the bodies of its leaves in the same batch.</summary>
    Proposal = 1,

    /// <summary>Bytes of a prepared certificate.</summary>
    PreparedCertificate = 2,

    /// <summary>Bytes of a signed message of one's own.</summary>
    OwnMessage = 3,

    /// <summary>Bytes of the signed new view by which the view was entered. Only the newest is kept.</summary>
    NewView = 4,
}
