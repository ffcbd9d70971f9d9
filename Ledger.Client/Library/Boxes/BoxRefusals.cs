namespace Ledger.Client.Boxes;

/// <summary>Every refusal of a box. None of them says anything about what its store holds.</summary>
public static class BoxRefusals
{
    /// <summary>The request is signed by another key, or for another chain.</summary>
    public static BoxRefusal WrongSignature { get; } = Denied(
        "WRONG_SIGNATURE", "signature", "the request is not signed, on this chain, by the key that it names");

    /// <summary>The request names another institution.</summary>
    public static BoxRefusal AnotherBox { get; } = Denied(
        "ANOTHER_BOX", "box", "the request was made for another institution's box");

    /// <summary>The key is not the reader's.</summary>
    public static BoxRefusal UnknownReader { get; } = Denied(
        "UNKNOWN_READER", "reader", "the ledger does not hold this key for the reader");

    /// <summary>The request is old, or was answered.</summary>
    public static BoxRefusal Replayed { get; } = Denied(
        "REPLAYED", "random", "the request is older than 60 s, or has been answered before");

    /// <summary>The ledger gives no right.</summary>
    public static BoxRefusal NoRight { get; } = Denied(
        "NO_RIGHT", "", "the ledger gives this reader no right to read these records");

    /// <summary>There is a grant, and not the opening of its limits or of one above it.</summary>
    public static BoxRefusal LimitsNotShown { get; } = Denied(
        "LIMITS_NOT_SHOWN",
        "openings",
        "the grant has limits; show the opening that its grantor gave you, and those above it");

    /// <summary>The purpose is none of the limits' or the policy's.</summary>
    public static BoxRefusal PurposeNotCovered { get; } = Denied(
        "PURPOSE_NOT_COVERED",
        "purpose",
        "the grant or its policy does not cover this purpose; name one that it does");

    /// <summary>The records of the writer are all outside the limits.</summary>
    public static BoxRefusal NotCovered { get; } = Denied(
        "NOT_COVERED", "", "the limits of the grant cover none of these records");

    /// <summary>The box has answered as often as the grant allows.</summary>
    public static BoxRefusal ReadsExhausted { get; } = Denied(
        "READS_EXHAUSTED", "", "this box has answered as often as the grant allows");

    /// <summary>The grant opens features alone, and records were asked for.</summary>
    public static BoxRefusal FeaturesOnly { get; } = Denied(
        "FEATURES_ONLY",
        "features",
        "the grant opens features over the records, not the records; ask for features");

    /// <summary>Features over more records than a box computes at once.</summary>
    public static BoxRefusal TooManyRecords { get; } = Denied(
        "TOO_MANY_RECORDS", "verbs", "these are more records than one packet is computed over; ask for fewer verbs");

    /// <summary>The reader, or all readers, ask more than the box takes at a time or remembers.</summary>
    public static BoxRefusal Busy { get; } = new(
        BoxRefusalKind.Unavailable,
        "BUSY",
        "",
        "this box has as many requests of this reader, or of all, as it takes at a time or in a minute; ask later");

    /// <summary>The box was started again, and cannot tell whether it answered this request before.</summary>
    public static BoxRefusal JustStarted { get; } = new(
        BoxRefusalKind.Unavailable,
        "UNAVAILABLE",
        "",
        "this box was started again and may have answered this request before; sign a new one in some seconds");

    /// <summary>The box is cut off, or behind.</summary>
    public static BoxRefusal NotFresh { get; } = new(
        BoxRefusalKind.Unavailable, "UNAVAILABLE", "", "this box cannot tell that it is up to date; try again");

    /// <summary>The institution's record store cannot be asked.</summary>
    public static BoxRefusal NoStore { get; } = new(
        BoxRefusalKind.Unavailable,
        "STORE_UNAVAILABLE",
        "",
        "this institution's record store does not answer its box now; try again");

    /// <summary>The trail cannot be written.</summary>
    public static BoxRefusal NoTrail { get; } = new(
        BoxRefusalKind.Unavailable,
        "UNAVAILABLE",
        "",
        "this box cannot enter the read in the learner's trail, and answers none that it cannot enter; try again");

    /// <summary>The limits that were shown promise less than the policy of the grant asks.</summary>
    public static BoxRefusal PolicyViolated(string clause) => Denied(
        "POLICY_VIOLATED", "openings", $"the limits of the grant violate the clause {clause} of its policy");

    /// <summary>A field is not as it must be.</summary>
    public static BoxRefusal Malformed(string path, string sentence) =>
        new(BoxRefusalKind.Malformed, "MALFORMED", path, sentence);

    private static BoxRefusal Denied(string code, string path, string sentence) =>
        new(BoxRefusalKind.Denied, code, path, sentence);
}
