using System.Collections.Immutable;

namespace Ledger.Consensus.Tests;

/// <summary>
/// Runs the commands of a script, one a line, and gives the log of each. The list of commands stands in
/// <c>Scripts/README.md</c>.
/// </summary>
internal sealed partial class ScriptInterpreter
{
    /// <summary>More packets in one delivery than any story has: somebody answers for ever.</summary>
    private const int PacketsMax = 50_000;

    /// <summary>Twice the longest view (C-8) and more views than there are faulty leaders.</summary>
    private const int SettleTicksMax = 8 * Ticks.TimeoutMax;

    private ScriptWorld? current;

    private ScriptWorld World => current ?? throw new ScriptFailure("a script begins with 'new'");

    /// <summary>Runs one command.</summary>
    public ImmutableArray<string> Run(string command)
    {
        bool quietly = command.StartsWith("quietly ", StringComparison.Ordinal);
        ScriptArguments arguments = new(quietly ? command["quietly ".Length..] : command);
        Do(arguments);
        ImmutableArray<string> log = [.. World.TakeLog()];
        return quietly ? [] : log;
    }

    private void Do(ScriptArguments arguments)
    {
        switch (arguments.Verb)
        {
            case "new":
                New(arguments);
                break;
            case "submit":
                Submit(arguments);
                break;
            case "forget":
                arguments.List("from").ForEach(name => World.Node(name).Executor.Forget(arguments.Word(0)));
                break;
            case "deliver":
                Deliver(new ScriptPacketFilter(arguments));
                break;
            case "tick":
                Tick(arguments);
                break;
            case "run":
                RunFor(arguments.Count(0));
                break;
            case "settle":
                Settle();
                break;
            case "state":
                State(arguments);
                break;
            case "evidence":
                Evidence(arguments);
                break;
            case "show":
                World.ShowsStatuses = arguments.Word(0) == "statuses";
                break;
            case "clock":
                World.ClockMs += 1000L * arguments.Count(0);
                break;
            default:
                DoFault(arguments);
                break;
        }
    }

    private void New(ScriptArguments arguments)
    {
        current = new ScriptWorld((int)arguments.Number("n"), (int)arguments.Number("spare", 0));
        foreach (ScriptNode node in World.Nodes)
        {
            node.Start();
        }

        RunFor(Ticks.PerWitness);
        World.TakeLog();
    }

    // To nobody in particular means to all that run.
    private void Submit(ScriptArguments arguments)
    {
        foreach (ScriptNode node in Named(arguments.ListOrNull("to")))
        {
            arguments.Words.ForEach(node.Executor.Submit);
            Poke(node);
        }
    }

    // A node looks at its pool after whatever it is told; this tells it nothing.
    private static void Poke(ScriptNode node) => node.Handle(new Input.WorkChanged(node.Executor.Pool.Count > 0));

    private ScriptNode[] Named(List<string>? names) => names is null
        ? [.. World.Nodes.Where(node => node.IsUp)]
        : [.. names.Select(World.Node)];

    private void Deliver(ScriptPacketFilter filter)
    {
        if (filter.IsAll)
        {
            DeliverAll();
            return;
        }

        List<ScriptPacket> chosen = World.Network.Take(filter);
        chosen.Where(World.Network.Passes).ToList().ForEach(World.Deliver);
        if (chosen.Count == 0)
        {
            World.Say("nothing of that kind is on its way");
        }
    }

    private void DeliverAll()
    {
        int count = 0;
        while (World.Network.Next() is ScriptPacket packet)
        {
            World.Deliver(packet);
            if (++count > PacketsMax)
            {
                throw new ScriptFailure("the network does not come to rest");
            }
        }
    }

    private void Tick(ScriptArguments arguments)
    {
        HashSet<string> chosen = [.. arguments.Words.Skip(1)];
        for (int tick = 0; tick < arguments.Count(0); tick++)
        {
            World.Tick(node => chosen.Count == 0 || chosen.Contains(node.Name));
        }
    }

    // Ticks and deliveries in turn.
    private void RunFor(int ticks)
    {
        for (int tick = 0; tick < ticks; tick++)
        {
            World.Tick(_ => true);
            DeliverAll();
        }
    }

    // Until nothing waits anywhere and all that run have one head.
    private void Settle()
    {
        DeliverAll();
        int ticks = 0;
        while (!IsSettled())
        {
            if (++ticks > SettleTicksMax)
            {
                throw new ScriptFailure("they do not come to one head: " + string.Join("; ", Lines(World.Nodes)));
            }

            World.Tick(_ => true);
            DeliverAll();
        }

        World.Say($"settled after {ticks} ticks");
    }

    private bool IsSettled()
    {
        ScriptNode[] running = [.. World.Nodes.Where(node => node.IsUp)];
        return running.All(node => node.Executor.Pool.Count == 0)
            && running.Select(node => node.Kernel.HeadHash).Distinct().Count() == 1;
    }

    private void State(ScriptArguments arguments)
    {
        foreach (string line in Lines(
            arguments.Words.Count == 0 ? World.Nodes : arguments.Words.Select(World.Node)))
        {
            World.Say(line);
        }
    }

    private static IEnumerable<string> Lines(IEnumerable<ScriptNode> nodes) =>
        nodes.Select(node => $"{node.Name}: {node.Describe()}");

    private void Evidence(ScriptArguments arguments)
    {
        foreach (ScriptNode node in arguments.Words.Count == 0 ? World.Nodes : arguments.Words.Select(World.Node))
        {
            World.Say($"{node.Name}: {(node.Evidence.Count == 0 ? "none" : string.Join("; ", node.Evidence))}");
        }
    }
}
