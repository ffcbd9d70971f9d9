namespace Ledger.Client.Records;

/// <summary>The kinds of learning records. The kind decides the slots of the commitment.</summary>
public enum RecordType
{
    /// <summary>An xAPI statement (1.0.3); committed under the name <c>xapi-statement</c>.</summary>
    XapiStatement = 1,

    /// <summary>A Caliper event (1.1 or 1.2); committed under the name <c>caliper-event</c>.</summary>
    CaliperEvent = 2,
}
