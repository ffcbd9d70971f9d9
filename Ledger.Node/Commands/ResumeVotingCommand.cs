using System.CommandLine;
using Ledger.Node.Configuration;
using Ledger.Node.Hosting;
using Ledger.Primitives;
using Microsoft.Extensions.Logging.Abstractions;

namespace Ledger.Node.Commands;

/// <summary>
/// <c>ledger resume-voting</c>: the operator's word that a node which stopped voting may vote again. It is taken only
/// once the ledger has gone on past everything that its key can have signed (S-8).
/// </summary>
public static class ResumeVotingCommand
{
    /// <summary>The command.</summary>
    public static Command Create()
    {
        Option<string> home = CommonOptions.Home();
        Command command = new(
            "resume-voting",
            "Let a node vote again that stopped because its vote key was used elsewhere, or because its data were "
            + "lost. The node must not run; no other process may have its vote key.\n"
            + "Example: ledger resume-voting --home north")
        {
            home,
        };
        command.SetAction(result => Edge.Run(
            result, () => Run(NodeConfiguration.Load(result.GetRequiredValue(home)))));
        return command;
    }

    /// <summary>Takes the marks away where that is safe, and says what it did.</summary>
    public static int Run(NodeConfiguration configuration)
    {
        VotingStop stop = new(configuration, NullLogger.Instance);
        if (!stop.IsStopped)
        {
            Console.WriteLine(
                $"{configuration.Name} has not stopped voting ({VotingStop.FileName} is not there). "
                + "Nothing was changed.");
            return ExitCode.Done;
        }

        using NodeFolder folder = NodeFolder.Open(configuration);
        if (Obstacle(stop, folder.Height) is { } obstacle)
        {
            Console.Error.WriteLine($"ledger-node: {obstacle} Nothing was changed.");
            return ExitCode.Refused;
        }

        // The ledger has gone past all of them. The stop goes last: a crash before that leaves a node that does not
        // vote.
        if (folder.HasDamagedVotes)
        {
            folder.ForgetVotes();
        }

        // Without votes to remember, the mark of the key's use alone would stop the node again. It goes first: a crash
        // in between leaves a node that does not vote.
        if (!folder.HasVoteState)
        {
            new VoteKeyUse(configuration, Hash256.Zero, NullLogger.Instance).Remove();
        }

        folder.ClearDamagedVotes();
        stop.Remove();
        Console.WriteLine(
            $"{configuration.Name} may vote again: its store is at height {folder.Height}, and its key was used up to "
            + $"height {stop.Height} at most. When it starts, it first asks the others what they saw of its key. "
            + "If another process still has the key, it will stop again.");
        return ExitCode.Done;
    }

    private static string? Obstacle(VotingStop stop, ulong height) =>
        !stop.IsConfirmed
            ? "Since it stopped, this node has not heard from enough validators to know how far its key can have been "
            + "used. Start it, let it catch up, stop it, and try again."
        : height <= stop.Height
            ? $"Its key can have been used up to height {stop.Height}, and its store is at {height}. Start it, and "
            + $"once `ledger node status` shows a greater height than {stop.Height}, stop it and try again."
        : null;
}
