using Ledger.Simulator.Command;

if (args.Length == 0 || args[0] != "simulate")
{
    Console.Error.WriteLine("ledger-simulator: the word is simulate.\n" + SimulateArguments.Usage);
    return 2;
}

return SimulateCommand.Run(args[1..]);
