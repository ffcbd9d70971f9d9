using System.CommandLine;
using Ledger.Devnet;

RootCommand root = new("A local consortium that stays up.")
{
    UpCommand.Create(),
    DownCommand.Create(),
    StatusCommand.Create(),
};
ParseResult parsed = root.Parse(args);
int code = await parsed.InvokeAsync();
return parsed.Errors.Count > 0 ? Ledger.Node.Commands.ExitCode.WrongUse : code;
