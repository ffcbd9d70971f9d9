return await Ledger.Node.Commands.NodeCommands.InvokeAsync(args);
