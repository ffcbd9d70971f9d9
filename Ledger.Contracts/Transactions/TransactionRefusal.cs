namespace Ledger.Contracts.Transactions;

/// <summary>
/// Why a transaction does not come into a block. Refused operations of a block are results, not refusals.
/// </summary>
public enum TransactionRefusal
{
    /// <summary>Larger than <see cref="TransactionLimits.TransactionBytesMax"/>.</summary>
    Oversized,

    /// <summary>Not the canonical encoding of a signed transaction.</summary>
    NotCanonical,

    /// <summary>A field is missing, has a wrong length or a value that is not in its list.</summary>
    Malformed,

    /// <summary>A body of a version that this program does not read.</summary>
    WrongVersion,

    /// <summary>More signers than <see cref="TransactionLimits.SignersMax"/>.</summary>
    TooManySigners,

    /// <summary>More groups than <see cref="TransactionLimits.GroupsMax"/>.</summary>
    TooManyGroups,

    /// <summary>More operations than <see cref="TransactionLimits.OperationsMax"/>.</summary>
    TooManyOperations,

    /// <summary>A signature is missing, too many, or not the signer's.</summary>
    WrongSignature,

    /// <summary>More signatures inside calls than <see cref="TransactionLimits.ProofsMax"/>.</summary>
    TooManyProofs,

    /// <summary>A signature inside a call, by a vote key or a new signing key, does not verify.</summary>
    WrongProof,

    /// <summary>The address is neither known with this key nor derived from it.</summary>
    UnknownSigner,

    /// <summary>The last valid time has passed.</summary>
    Expired,

    /// <summary>The last valid time is too far in the future.</summary>
    TooFarAhead,

    /// <summary>The id is in a block already, or waits to be.</summary>
    Duplicate,

    /// <summary>The last valid time is so near that no block is likely to be decided before it.</summary>
    ExpiresTooSoon,

    /// <summary>A call of a version of the rules that is not in force yet.</summary>
    NotInForce,
}
