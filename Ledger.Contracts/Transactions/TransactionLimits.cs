namespace Ledger.Contracts.Transactions;

/// <summary>
/// How large the parts of a transaction may be. A limit is part of the protocol: all nodes must agree on it.
/// </summary>
public static class TransactionLimits
{
    /// <summary>The version of bodies that this program reads.</summary>
    public const uint Version = 1;

    /// <summary>A signed transaction: several fit into one gossip message and one proposal.</summary>
    public const int TransactionBytesMax = 256 * 1024;

    /// <summary>Operations of all groups: bounds the receipts that one transaction makes.</summary>
    public const int OperationsMax = 1024;

    /// <summary>Groups of a transaction.</summary>
    public const int GroupsMax = 256;

    /// <summary>Signers of a transaction: each costs a signature check on every node.</summary>
    public const int SignersMax = 64;

    /// <summary>
    /// Signatures inside the calls of a transaction, by vote keys and new signing keys: four sets of the largest size,
    /// bounded as signers are.
    /// </summary>
    public const int ProofsMax = 64;

    /// <summary>Changes of seats in one proposal: no set has more seats.</summary>
    public const int SeatChangesMax = 16;

    /// <summary>Records of one insertion.</summary>
    public const int RecordsMax = 1024;

    /// <summary>Claims of one announcement: a year's intake of a school, in a third of a transaction.</summary>
    public const int ClaimsMax = 1024;

    /// <summary>
    /// Reads of one learner's records that are entered at once: what a box gathers while a block is decided.
    /// </summary>
    public const int TrailEntriesMax = 256;

    /// <summary>The random part of a body.</summary>
    public const int RandomBytes = 16;

    /// <summary>An Ed25519 signature.</summary>
    public const int SignatureBytes = 64;

    /// <summary>A verb's IRI in UTF-8: longer than any in use, short enough for keys and proofs.</summary>
    public const int VerbBytesMax = 1024;

    /// <summary>An institution's name in UTF-8.</summary>
    public const int NameBytesMax = 200;

    /// <summary>A domain name (RFC 1035).</summary>
    public const int DomainBytesMax = 253;

    /// <summary>One label of a domain name (RFC 1035).</summary>
    public const int DomainLabelBytesMax = 63;

    /// <summary>An endpoint's URI.</summary>
    public const int UriBytesMax = 500;

    /// <summary>What a sealed envelope holds: some names, numbers and hours, no documents.</summary>
    public const int SealedBytesMax = 4096;

    /// <summary>Who can open a sealed envelope: hundreds of members are normal.</summary>
    public const int RecipientsMax = 1024;

    /// <summary>A locator's keyed hash of a statement id.</summary>
    public const int HashedIdBytes = 16;

    /// <summary>
    /// How long before its last valid time a transaction may be decided: the span for which ids are remembered.
    /// </summary>
    public const long ValidityMs = 120_000;
}
