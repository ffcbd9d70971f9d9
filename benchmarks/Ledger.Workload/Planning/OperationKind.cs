namespace Ledger.Workload;

/// <summary>The contract operations of the plan, in the paper's grain: one call of one contract each.</summary>
public enum OperationKind
{
    /// <summary>An institution asks to join; it is pending until q members voted.</summary>
    Register,

    /// <summary>A member votes for the candidate.</summary>
    Vote,

    /// <summary>An institution makes its provider index (PIC).</summary>
    PicCreate,

    /// <summary>An institution publishes the address of its node.</summary>
    PublishEndpoint,

    /// <summary>An institution publishes its key for what is encrypted to it.</summary>
    PublishEncryptionKey,

    /// <summary>An institution binds a TLS key to its identity.</summary>
    PublishTlsBinding,

    /// <summary>A learner makes a user index (UIC).</summary>
    UicCreate,

    /// <summary>Learner and school sign the enrolment together.</summary>
    Enrol,

    /// <summary>A school makes the learner contract (LLPC) of a learner and verb.</summary>
    LlpcCreate,

    /// <summary>A school enters the LLPC in its own index: an index operation.</summary>
    PicInsert,

    /// <summary>A school enters the LLPC in the learner's index: an index operation.</summary>
    UicInsert,

    /// <summary>A school appends the record to the LLPC.</summary>
    LlpcInsert,

    /// <summary>A learner grants an institution the right to read the LLPC.</summary>
    LlpcGrant,
}
