using Ledger.Client.Protos;

namespace Ledger.CommandLine.Output;

/// <summary>Whether a node votes, in words.</summary>
public static class Standings
{
    /// <summary>One word or two.</summary>
    public static string Show(Standing standing) => standing switch
    {
        Standing.Unknown => "unknown",
        Standing.Observer => "follows",
        Standing.Waiting => "waits for witnesses",
        Standing.Voting => "votes",
        Standing.Stopped => "stopped: see the node's log",
        _ => "unknown to this version",
    };
}
