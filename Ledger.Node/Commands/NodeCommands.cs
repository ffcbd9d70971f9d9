using System.CommandLine;

namespace Ledger.Node.Commands;

/// <summary>All commands of <c>ledger-node</c>, for the program and for whoever makes nodes without it.</summary>
public static class NodeCommands
{
    /// <summary>Runs a command and answers its <see cref="ExitCode"/>.</summary>
    public static Task<int> InvokeAsync(params string[] arguments) => InvokeAsync(new(), arguments);

    /// <summary>
    /// The same; what <c>init</c>, <c>found</c> and <c>join</c> have to say, and why a command failed, goes where
    /// <paramref name="invocation"/> leads.
    /// </summary>
    public static async Task<int> InvokeAsync(InvocationConfiguration invocation, params string[] arguments)
    {
        Command run = RunCommand.Create();
        RootCommand root = new("A node of LearningLedger: its making and its running.")
        {
            InitCommand.Create(),
            FoundCommand.Create(),
            JoinCommand.Create(),
            run,
            VoteKeyCommands.Create(),
            ResumeVotingCommand.Create(),
            FsckCommand.Create(),
            LinkCommands.Create(),
            KeysCommands.Create(),
            RecordCommands.Create(),
        };
        root.Options.Add(CommonOptions.Verbose);
        ParseResult parsed = root.Parse(arguments);
        if (parsed.CommandResult.Command == run)
        {
            // A node ends in order, or by its own limit; the platform's is two seconds.
            invocation.ProcessTerminationTimeout = 2 * RunCommand.StopPatience;
        }

        int code = await parsed.InvokeAsync(invocation);
        return parsed.Errors.Count > 0 ? ExitCode.WrongUse : code;
    }
}
