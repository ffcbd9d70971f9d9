using System.Diagnostics;

namespace Ledger.Devnet;

/// <summary>Runs the <c>ledger-node</c> program, as an administrator would.</summary>
public static class NodeProgram
{
    private static readonly string Assembly = typeof(Ledger.Node.Hosting.NodeRuntime).Assembly.Location;

    /// <summary>Runs a command to its end; fails with its output when it does not succeed.</summary>
    public static async Task<string> RunAsync(params string[] arguments)
    {
        using Process process = new() { StartInfo = Start(arguments) };
        process.StartInfo.RedirectStandardOutput = true;
        process.StartInfo.RedirectStandardError = true;
        process.Start();
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0
            ? await output
            : throw new DevnetException($"ledger-node {arguments[0]} failed: {(await errors).Trim()}");
    }

    /// <summary>Starts a node that goes on when this program ends, its output in its log.</summary>
    public static Process StartDetached(DevnetNode node)
    {
        File.Delete(node.ReadyFile);
        ProcessStartInfo start = new("/bin/sh") { UseShellExecute = false };
        start.ArgumentList.Add("-c");
        start.ArgumentList.Add("exec setsid dotnet \"$1\" run --home \"$2\" >>\"$3\" 2>&1 </dev/null");
        start.ArgumentList.Add("sh");
        start.ArgumentList.Add(Assembly);
        start.ArgumentList.Add(node.Home);
        start.ArgumentList.Add(node.LogFile);
        Tune(start);
        return Process.Start(start)!;
    }

    /// <summary>Starts a node as a child of this program.</summary>
    public static Process StartChild(DevnetNode node)
    {
        File.Delete(node.ReadyFile);
        ProcessStartInfo start = new("/bin/sh") { UseShellExecute = false };
        start.ArgumentList.Add("-c");
        start.ArgumentList.Add("exec dotnet \"$1\" run --home \"$2\" >>\"$3\" 2>&1 </dev/null");
        start.ArgumentList.Add("sh");
        start.ArgumentList.Add(Assembly);
        start.ArgumentList.Add(node.Home);
        start.ArgumentList.Add(node.LogFile);
        Tune(start);
        return Process.Start(start)!;
    }

    /// <summary>
    /// Settings of a server that shares its machine with several others: the tiered compiler's profiles and a
    /// collector in the background help none of them.
    /// </summary>
    public static void Tune(ProcessStartInfo start)
    {
        start.Environment["DOTNET_TieredPGO"] = "0";
        start.Environment["DOTNET_gcConcurrent"] = "0";
    }

    private static ProcessStartInfo Start(string[] arguments)
    {
        ProcessStartInfo start = new("dotnet") { UseShellExecute = false };
        start.ArgumentList.Add(Assembly);
        foreach (string argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        Tune(start);
        return start;
    }
}
