namespace Ledger.Node.Records;

/// <summary>By what a statement is found. The numbers are stored: they change only with a migration.</summary>
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
}
