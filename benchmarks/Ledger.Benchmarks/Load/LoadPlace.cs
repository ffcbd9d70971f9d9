namespace Ledger.Benchmarks.Load;

/// <summary>At which nodes the clients hand in.</summary>
public enum LoadPlace
{
    /// <summary>At the leader of the moment when a round begins.</summary>
    Leader,

    /// <summary>At one node that does not lead then.</summary>
    Follower,

    /// <summary>At all nodes in turn.</summary>
    All,
}
