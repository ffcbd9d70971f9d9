namespace Ledger.Client.Records;

/// <summary>One value in a <see cref="JsonTree"/>; references are indexes into the tree's list, -1 for none.</summary>
internal struct JsonNode
{
    public JsonKind Kind;

    /// <summary>The array or object that holds this value.</summary>
    public int Parent;

    /// <summary>The member's name in the tree's text; of length 0 also for an array's element.</summary>
    public int NameStart;
    public int NameLength;

    /// <summary>The string without escapes, or the number as read.</summary>
    public int TextStart;
    public int TextLength;

    /// <summary>How many elements or members.</summary>
    public int Count;

    /// <summary>The first element, or the first member in canonical order.</summary>
    public int First;

    /// <summary>The next element, or the next member in canonical order.</summary>
    public int Next;
}
