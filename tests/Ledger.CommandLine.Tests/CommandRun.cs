using Ledger.CommandLine.Hosting;
using Ledger.Testing;

namespace Ledger.CommandLine.Tests;

/// <summary>One run of the program in a folder of its own, with what it wrote.</summary>
internal sealed record CommandRun(int Code, string Output, string Error)
{
    public static async Task<CommandRun> OfAsync(string home, params string[] args)
    {
        using StringWriter output = new();
        using StringWriter error = new();
        ProgramConsole console = new(output, error, IsPlain: true, PromptSecret: null)
        {
            OpenKeyFile = RememberedKeys.Open,
        };
        int code = await LedgerProgram.RunAsync([.. args, "--home", home], console, TimeProvider.System);
        return new CommandRun(code, output.ToString(), error.ToString());
    }
}
