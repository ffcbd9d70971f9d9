namespace Ledger.Primitives;

/// <summary>The domain tags: what is hashed or signed as one kind can never be read as another.</summary>
public static class Tags
{
    /// <summary>The genesis document; its hash is the chain id.</summary>
    public static ReadOnlySpan<byte> Genesis => "ledger/v1/genesis"u8;

    /// <summary>An address, from a first public key.</summary>
    public static ReadOnlySpan<byte> Address => "ledger/v1/address"u8;

    /// <summary>A block header; its hash is the block hash.</summary>
    public static ReadOnlySpan<byte> Header => "ledger/v1/header"u8;

    /// <summary>A validator set.</summary>
    public static ReadOnlySpan<byte> Validators => "ledger/v1/validators"u8;

    /// <summary>The body of a consensus message: what the vote key signs.</summary>
    public static ReadOnlySpan<byte> ConsensusMessage => "ledger/v1/consensus"u8;

    /// <summary>A validator's statement that it is ready for a new set.</summary>
    public static ReadOnlySpan<byte> Ready => "ledger/v1/ready"u8;

    /// <summary>A record of the vote state: its checksum, and the link to the record before.</summary>
    public static ReadOnlySpan<byte> VoteState => "ledger/v1/vote-state"u8;

    /// <summary>A transaction's body: its hash is the transaction id, which the signers sign.</summary>
    public static ReadOnlySpan<byte> Transaction => "ledger/v1/transaction"u8;

    /// <summary>A transaction's list of signatures.</summary>
    public static ReadOnlySpan<byte> SignatureList => "ledger/v1/signatures"u8;

    /// <summary>A block's leaf for a transaction.</summary>
    public static ReadOnlySpan<byte> BlockLeaf => "ledger/v1/block-leaf"u8;

    /// <summary>A receipt's leaf for an operation.</summary>
    public static ReadOnlySpan<byte> ReceiptLeaf => "ledger/v1/receipt-leaf"u8;

    /// <summary>An inner node of a Merkle list.</summary>
    public static ReadOnlySpan<byte> ListNode => "ledger/v1/list-node"u8;

    /// <summary>The root of a Merkle list, which binds the count.</summary>
    public static ReadOnlySpan<byte> ListRoot => "ledger/v1/list-root"u8;

    /// <summary>A key of the state tree.</summary>
    public static ReadOnlySpan<byte> StateKey => "ledger/v1/state-key"u8;

    /// <summary>A value of the state tree.</summary>
    public static ReadOnlySpan<byte> StateValue => "ledger/v1/state-value"u8;

    /// <summary>A verb's IRI, where a key needs a fixed length.</summary>
    public static ReadOnlySpan<byte> Verb => "ledger/v1/verb"u8;

    /// <summary>A leaf of the state tree.</summary>
    public static ReadOnlySpan<byte> StateLeaf => "ledger/v1/state-leaf"u8;

    /// <summary>An inner node of the state tree.</summary>
    public static ReadOnlySpan<byte> StateNode => "ledger/v1/state-node"u8;

    /// <summary>The root of a state tree, which binds whether it is empty.</summary>
    public static ReadOnlySpan<byte> StateRoot => "ledger/v1/state-root"u8;

    /// <summary>A record's leaf in a mountain range.</summary>
    public static ReadOnlySpan<byte> RecordLeaf => "ledger/v1/record-leaf"u8;

    /// <summary>What an erased record leaves in its mountain range.</summary>
    public static ReadOnlySpan<byte> TombstoneLeaf => "ledger/v1/tombstone-leaf"u8;

    /// <summary>An entry of a learner's access trail in a mountain range.</summary>
    public static ReadOnlySpan<byte> TrailLeaf => "ledger/v1/trail-leaf"u8;

    /// <summary>An inner node of a mountain range.</summary>
    public static ReadOnlySpan<byte> RangeNode => "ledger/v1/range-node"u8;

    /// <summary>A slot of a record's commitment.</summary>
    public static ReadOnlySpan<byte> SlotLeaf => "ledger/v1/slot-leaf"u8;

    /// <summary>An absent slot of a record's commitment.</summary>
    public static ReadOnlySpan<byte> SlotPad => "ledger/v1/slot-pad"u8;

    /// <summary>An inner node of a record's commitment.</summary>
    public static ReadOnlySpan<byte> SlotNode => "ledger/v1/slot-node"u8;

    /// <summary>A record's commitment, which binds the record's type.</summary>
    public static ReadOnlySpan<byte> RecordCommitment => "ledger/v1/record-commitment"u8;

    /// <summary>A statement's id under an institution's locator key.</summary>
    public static ReadOnlySpan<byte> Locator => "ledger/v1/locator"u8;

    /// <summary>A validator's answer to a fresh read.</summary>
    public static ReadOnlySpan<byte> FreshRead => "ledger/v1/fresh-read"u8;

    /// <summary>A caller's proof that it holds an identity key.</summary>
    public static ReadOnlySpan<byte> Caller => "ledger/v1/caller"u8;

    /// <summary>That the holder of a vote key wants it for an institution's seat.</summary>
    public static ReadOnlySpan<byte> VoteKey => "ledger/v1/vote-key"u8;

    /// <summary>That the holder of a signing key wants it for an address.</summary>
    public static ReadOnlySpan<byte> KeyRotation => "ledger/v1/key-rotation"u8;

    /// <summary>The text of a testimonial under its salt.</summary>
    public static ReadOnlySpan<byte> Testimonial => "ledger/v1/testimonial"u8;

    /// <summary>What binds a wrapped content key to its recipient and envelope.</summary>
    public static ReadOnlySpan<byte> SealedEnvelope => "ledger/v1/sealed-envelope"u8;

    /// <summary>What an institution's domain says of its membership.</summary>
    public static ReadOnlySpan<byte> DomainFile => "ledger/v1/domain-file"u8;

    /// <summary>That the holder of a new key wants it for a learner.</summary>
    public static ReadOnlySpan<byte> Recovery => "ledger/v1/recovery"u8;

    /// <summary>That the holder of a one-time code enrols a learner.</summary>
    public static ReadOnlySpan<byte> Claim => "ledger/v1/claim"u8;

    /// <summary>The public key of a one-time code, as an institution announces it.</summary>
    public static ReadOnlySpan<byte> ClaimKey => "ledger/v1/claim-key"u8;

    /// <summary>A one-time code, of which two signs of a check are made.</summary>
    public static ReadOnlySpan<byte> ClaimCheck => "ledger/v1/claim-check"u8;

    /// <summary>A one-time code, whose hash is the seed of its key.</summary>
    public static ReadOnlySpan<byte> ClaimSeed => "ledger/v1/claim-seed"u8;

    /// <summary>An institution's word that it holds no copy of erased records.</summary>
    public static ReadOnlySpan<byte> ErasureWord => "ledger/v1/erasure-word"u8;

    /// <summary>An institution's numbered binding of a TLS key.</summary>
    public static ReadOnlySpan<byte> TlsBinding => "ledger/v1/tls-binding"u8;

    /// <summary>The header of an encrypted file of secrets, to which its content is bound.</summary>
    public static ReadOnlySpan<byte> SecretFile => "ledger/v1/secret-file"u8;

    /// <summary>A reader's request to a secure box.</summary>
    public static ReadOnlySpan<byte> BoxRequest => "ledger/v1/box-request"u8;

    /// <summary>A box's answer to a reader.</summary>
    public static ReadOnlySpan<byte> BoxAnswer => "ledger/v1/box-answer"u8;

    /// <summary>Features that a box computed over records.</summary>
    public static ReadOnlySpan<byte> FeaturePacket => "ledger/v1/feature-packet"u8;

    /// <summary>A question for a count over an institution's learners.</summary>
    public static ReadOnlySpan<byte> CohortRequest => "ledger/v1/cohort-request"u8;

    /// <summary>A count over an institution's learners.</summary>
    public static ReadOnlySpan<byte> CohortAnswer => "ledger/v1/cohort-answer"u8;

    /// <summary>The limits of a grant, under a salt.</summary>
    public static ReadOnlySpan<byte> GrantLimits => "ledger/v1/grant-limits"u8;

    /// <summary>The limits of a grant, encrypted to its grantee.</summary>
    public static ReadOnlySpan<byte> SealedLimits => "ledger/v1/sealed-limits"u8;

    /// <summary>A sealed score, under a salt.</summary>
    public static ReadOnlySpan<byte> Score => "ledger/v1/score"u8;

    /// <summary>What a request is for, under a salt.</summary>
    public static ReadOnlySpan<byte> RequestPurpose => "ledger/v1/request-purpose"u8;

    /// <summary>What an entry of a learner's access trail says.</summary>
    public static ReadOnlySpan<byte> TrailEntry => "ledger/v1/trail-entry"u8;

    /// <summary>Records that an institution hands to its custodian.</summary>
    public static ReadOnlySpan<byte> CustodyPortion => "ledger/v1/custody-portion"u8;

    /// <summary>A message's key under that of a recipient.</summary>
    public static ReadOnlySpan<byte> SealedKey => "ledger/v1/sealed-key"u8;

    /// <summary>An LRS's signed statement that it took a record in at a time.</summary>
    public static ReadOnlySpan<byte> IntakeReceipt => "ledger/v1/intake-receipt"u8;

    /// <summary>A record's committed members, without a salt, as an intake receipt names them.</summary>
    public static ReadOnlySpan<byte> RecordDigest => "ledger/v1/record-digest"u8;

    /// <summary>The events of a block, by which two nodes can tell that they keep the same.</summary>
    public static ReadOnlySpan<byte> BlockEvents => "ledger/v1/block-events"u8;

    /// <summary>An auditor's report.</summary>
    public static ReadOnlySpan<byte> AuditReport => "ledger/v1/audit-report"u8;

    /// <summary>What a learner's home node tells it of requests.</summary>
    public static ReadOnlySpan<byte> Notice => "ledger/v1/notice"u8;

    /// <summary>What a learner shows of its records.</summary>
    public static ReadOnlySpan<byte> Disclosure => "ledger/v1/disclosure"u8;

    /// <summary>What an institution keeps of a person beside the ledger.</summary>
    public static ReadOnlySpan<byte> SchoolWord => "ledger/v1/school-word"u8;

    /// <summary>A link of the chain of parts of a learner's export.</summary>
    public static ReadOnlySpan<byte> ExportPart => "ledger/v1/export-part"u8;

    /// <summary>The end of a learner's export.</summary>
    public static ReadOnlySpan<byte> ExportEnd => "ledger/v1/export-end"u8;

    /// <summary>Limits of a grant that its grantee's node keeps.</summary>
    public static ReadOnlySpan<byte> KeptLimits => "ledger/v1/kept-limits"u8;
}
