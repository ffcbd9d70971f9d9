namespace Ledger.Node.Records;

/// <summary>The kinds of documents. The numbers are stored.</summary>
public enum DocumentKind
{
    /// <summary>The state of an agent in an activity, perhaps within a registration.</summary>
    State = 1,

    /// <summary>What is kept of an activity.</summary>
    ActivityProfile = 2,

    /// <summary>What is kept of an agent.</summary>
    AgentProfile = 3,
}
