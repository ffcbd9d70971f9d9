using Ledger.Simulator.Command;

// The script passes the commit of the sources, which a failure names.
string commit = Environment.GetEnvironmentVariable("LEDGER_COMMIT") is { Length: > 0 } known ? known : "unknown";
if (args.Length == 0 || args[0] != "simulate")
{
    Console.Error.WriteLine(SimulateArguments.Usage);
    return 2;
}

using CancellationTokenSource cancellation = new();
Console.CancelKeyPress += (_, pressed) =>
{
    pressed.Cancel = true;
    cancellation.Cancel();
};
SimulateCommand command = new(Console.Out, Console.Error, !Console.IsOutputRedirected, commit);
return command.Run(args[1..], cancellation.Token);
