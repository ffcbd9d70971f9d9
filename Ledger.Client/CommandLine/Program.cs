using Ledger.CommandLine;
using Ledger.CommandLine.Hosting;

return await LedgerProgram.RunAsync(args, ProgramConsole.OfProcess(), TimeProvider.System);
