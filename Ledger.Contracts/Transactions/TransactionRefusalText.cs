namespace Ledger.Contracts.Transactions;

/// <summary>Says in plain words what is wrong with a transaction and what to do.</summary>
public static class TransactionRefusalText
{
    /// <summary>One or two sentences.</summary>
    public static string Of(TransactionRefusal refusal) => refusal switch
    {
        TransactionRefusal.Oversized =>
            "The transaction is larger than 256 KiB. Send its groups in several transactions.",
        TransactionRefusal.NotCanonical =>
            "The bytes are not the canonical encoding of a transaction. Sign and send them with a current client.",
        TransactionRefusal.Malformed =>
            "A field of the transaction is missing or has a value that is not allowed. Compare it with the calls.",
        TransactionRefusal.WrongVersion =>
            "The transaction has a version that this node does not read. Update the older of client and node.",
        TransactionRefusal.TooManySigners =>
            "The transaction names more than 64 signers. Split it.",
        TransactionRefusal.TooManyGroups =>
            "The transaction has more than 256 groups. Split it.",
        TransactionRefusal.TooManyOperations =>
            "The transaction has more than 1,024 operations. Split it.",
        TransactionRefusal.WrongSignature =>
            "A signature is missing or does not belong to its signer. Check the key and the chain signed for.",
        TransactionRefusal.TooManyProofs =>
            "The transaction holds more than 64 signatures inside its calls. Split it.",
        TransactionRefusal.WrongProof =>
            "A signature inside a call does not verify. Make it anew for this chain, address and change.",
        TransactionRefusal.UnknownSigner =>
            "The ledger does not know the signer by this key, or the members revoked it. Use the signer's current key.",
        TransactionRefusal.Expired =>
            "The transaction's last valid time has passed. Sign it anew, once it is certain that no block holds it.",
        TransactionRefusal.TooFarAhead =>
            "The transaction is valid for longer than 120 seconds. Check the clock of the machine that signed it.",
        TransactionRefusal.Duplicate =>
            "The transaction is known already. Ask for its receipt.",
        TransactionRefusal.ExpiresTooSoon =>
            "The transaction is valid for less than a second more, too short to be decided. Sign it anew.",
        TransactionRefusal.NotInForce =>
            "The transaction holds a call that the ledger does not have before the members upgrade its rules.",
    };
}
