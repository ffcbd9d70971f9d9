namespace Ledger.Node.Records;

/// <summary>
/// By what a row is found. The numbers are stored, in digests: they change only with a migration. Texts of different
/// kinds have different digests; rows that share a kind, in whatever table, show that they speak of one thing.
/// </summary>
public enum SearchKind : byte
{
    /// <summary>An actor of the statement itself: its actor or object, or a member of one of these.</summary>
    Agent = 1,

    /// <summary>An actor elsewhere in the statement.</summary>
    RelatedAgent = 2,

    /// <summary>The activity that is the object.</summary>
    Activity = 3,

    /// <summary>An activity elsewhere in the statement.</summary>
    RelatedActivity = 4,

    /// <summary>The verb.</summary>
    Verb = 5,

    /// <summary>The registration of the context.</summary>
    Registration = 6,

    /// <summary>The name of the credential that brought it.</summary>
    Authority = 7,

    /// <summary>Of a record of either kind, for lists: the account that the store keeps it under.</summary>
    ListedActor = 8,

    /// <summary>Of a record of either kind, for lists: its verb.</summary>
    ListedVerb = 9,

    /// <summary>Of a record of either kind, for lists: both together.</summary>
    ListedActorAndVerb = 10,

    /// <summary>Of what is left of an erased record: all of them under one key.</summary>
    Erased = 11,

    /// <summary>Of no record: that the accounts of an order to erase were erased.</summary>
    ErasureOrder = 12,

    /// <summary>The id of a statement, and that of the statement that another one refers to.</summary>
    StatementId = 13,

    /// <summary>The id of a Caliper event.</summary>
    EventId = 14,

    /// <summary>The IRI of an activity whose definition is kept.</summary>
    DefinedActivity = 15,

    /// <summary>An agent of whom a name is kept.</summary>
    NamedAgent = 16,

    /// <summary>A name of an agent.</summary>
    AgentName = 17,

    /// <summary>The SHA-2 value of an attachment, in hexadecimal digits of lower case.</summary>
    Attachment = 18,

    /// <summary>The activity of a document.</summary>
    DocumentActivity = 19,

    /// <summary>The agent of a document.</summary>
    DocumentAgent = 20,

    /// <summary>The registration of a document.</summary>
    DocumentRegistration = 21,

    /// <summary>The id of a document.</summary>
    DocumentId = 22,
}
