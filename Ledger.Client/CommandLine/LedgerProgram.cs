using System.CommandLine;
using Ledger.CommandLine.Commands;
using Ledger.CommandLine.Hosting;

namespace Ledger.CommandLine;

/// <summary>The command line <c>ledger</c>.</summary>
public static class LedgerProgram
{
    /// <summary>Parses and runs; returns the exit code.</summary>
    public static async Task<int> RunAsync(string[] args, ProgramConsole console, TimeProvider time)
    {
        CommandHost host = new(console, time);
        RootCommand root = CreateRoot(host);
        ParseResult parsed = root.Parse(args.Length == 0 ? ["--help"] : args);
        if (parsed.Errors.Count > 0)
        {
            string problem = string.Join(' ', parsed.Errors.Select(static error => error.Message));
            return host.Fail(
                ExitCode.WrongUse,
                $"{problem} For help add --help.",
                cause: null,
                parsed.GetValue(host.Options.Json),
                verbose: false);
        }

        InvocationConfiguration configuration = new()
        {
            Output = console.Output, Error = console.Error, EnableDefaultExceptionHandler = false,
        };
        return await parsed.InvokeAsync(configuration).ConfigureAwait(false);
    }

    /// <summary>All commands.</summary>
    public static RootCommand CreateRoot(CommandHost host)
    {
        RootCommand root = new("Works with a learning ledger: institutions, learners, records, and who may read them.");
        foreach (Option option in host.Options.All)
        {
            root.Add(option);
        }

        root.Add(ProfileCommands.Create(host));
        root.Add(KeyCommands.Create(host));
        root.Add(InstitutionCommands.Create(host));
        root.Add(MemberCommands.Create(host));
        root.Add(MeasureCommands.Create(host));
        root.Add(LearnerCommands.Create(host));
        root.Add(RecordCommands.Create(host));
        root.Add(AccessCommands.Create(host));
        root.Add(DisclosureCommands.Create(host));
        root.Add(CustodyCommands.Create(host));
        root.Add(ErasureCommands.Create(host));
        root.Add(PolicyCommands.Create(host));
        root.Add(ReceiptCommands.Create(host));
        root.Add(VerbCommands.Create(host));
        root.Add(BlockCommands.Create(host));
        root.Add(TransactionCommands.Create(host));
        root.Add(NodeCommands.Create(host));
        root.Add(ChainCommands.Create(host));
        root.Add(ContractCommands.Create(host));
        root.Add(AuditCommand.Create(host));
        root.Add(CostCommand.Create(host));
        root.Add(VerifyCommand.Create(host));
        return root;
    }
}
