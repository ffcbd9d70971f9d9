namespace Ledger.Client.Records;

/// <summary>The kinds of JSON values.</summary>
public enum JsonKind : byte
{
    /// <summary><c>null</c></summary>
    Null,

    /// <summary><c>false</c></summary>
    False,

    /// <summary><c>true</c></summary>
    True,

    /// <summary>A number, kept as the text that was read.</summary>
    Number,

    /// <summary>A string, kept without its escapes.</summary>
    String,

    /// <summary>An array.</summary>
    Array,

    /// <summary>An object, with its members in canonical order.</summary>
    Object,
}
