namespace Ledger.Client.Records;

/// <summary>A record that does not keep a rule: where it fails and which rule it is.</summary>
public sealed class RecordFormatException : Exception
{
    /// <summary>Names the field and the rule.</summary>
    public RecordFormatException(string path, string rule, string message)
        : base(message)
    {
        Path = path;
        Rule = rule;
    }

    /// <summary>The field as a JSON pointer (RFC 6901); empty for the whole record.</summary>
    public string Path { get; }

    /// <summary>The rule's stable name, such as <c>json.duplicate-key</c>.</summary>
    public string Rule { get; }
}
