namespace Ledger.Client.Boxes;

/// <summary>Why a box gives no answer.</summary>
public enum BoxRefusalKind
{
    /// <summary>The request is not one.</summary>
    Malformed = 0,

    /// <summary>The reader may not.</summary>
    Denied = 1,

    /// <summary>The box cannot decide now; the same request can be made again.</summary>
    Unavailable = 2,
}
