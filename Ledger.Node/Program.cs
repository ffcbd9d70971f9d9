using System.CommandLine;
using Ledger.Node.Commands;

RootCommand root = new("A node of LearningLedger: its making and its running.")
{
    InitCommand.Create(),
    FoundCommand.Create(),
    JoinCommand.Create(),
    RunCommand.Create(),
    VoteKeyCommands.Create(),
    ResumeVotingCommand.Create(),
    FsckCommand.Create(),
    LinkCommands.Create(),
    KeysCommands.Create(),
    RecordCommands.Create(),
};
root.Options.Add(CommonOptions.Verbose);
ParseResult parsed = root.Parse(args);
int code = await parsed.InvokeAsync();
return parsed.Errors.Count > 0 ? ExitCode.WrongUse : code;
