namespace Ledger.Client.Records;

/// <summary>The words for types of records in bundles and in answers.</summary>
public static class RecordTypeNames
{
    /// <summary>An xAPI statement.</summary>
    public const string Xapi = "xapi";

    /// <summary>A Caliper event.</summary>
    public const string Caliper = "caliper";

    /// <summary>The word for a type.</summary>
    public static string Of(RecordType type) => type == RecordType.XapiStatement ? Xapi : Caliper;

    /// <summary>The type of a word, or null.</summary>
    public static RecordType? Find(string name) => name switch
    {
        Xapi => RecordType.XapiStatement,
        Caliper => RecordType.CaliperEvent,
        _ => null,
    };
}
