namespace Ledger.Fuzz;

/// <summary>The structure that mutations know of.</summary>
internal enum InputKind
{
    /// <summary>Bytes in places.</summary>
    Binary = 1,

    /// <summary>Protobuf's wire format.</summary>
    Protobuf = 2,

    /// <summary>JSON.</summary>
    Json = 3,

    /// <summary>Short texts in UTF-8.</summary>
    Text = 4,
}
