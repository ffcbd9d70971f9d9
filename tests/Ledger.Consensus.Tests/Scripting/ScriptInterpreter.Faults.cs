namespace Ledger.Consensus.Tests;

/// <summary>Commands by which something goes wrong.</summary>
internal sealed partial class ScriptInterpreter
{
    private void DoFault(ScriptArguments arguments)
    {
        ScriptPacketFilter filter = new(arguments);
        switch (arguments.Verb)
        {
            case "drop":
                World.Say($"{World.Network.Take(filter).Count} lost");
                break;
            case "duplicate":
                World.Say($"{World.Network.Duplicate(filter)} doubled");
                break;
            case "delay":
                World.Say($"{World.Network.Delay(filter)} kept back");
                break;
            case "release":
                World.Say($"{World.Network.Release()} on their way again");
                break;
            case "reverse":
                World.Network.Reverse();
                break;
            case "block":
                World.Network.Block(filter);
                break;
            case "partition":
                World.Network.Partition([.. string.Join(' ', arguments.Words).Split('|').Select(WordsOf)]);
                break;
            case "heal":
                World.Network.Heal();
                break;
            default:
                DoProcess(arguments);
                break;
        }
    }

    private static string[] WordsOf(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private void DoProcess(ScriptArguments arguments)
    {
        switch (arguments.Verb)
        {
            case "crash":
                Crash(arguments);
                break;
            case "restart":
                arguments.Words.ForEach(Restart);
                break;
            case "hold":
                arguments.Words.ForEach(name => World.Node(name).Executor.Hold());
                break;
            case "unhold":
                arguments.Words.ForEach(Unhold);
                break;
            case "backup":
                World.Node(arguments.Word(0)).Backup = World.Node(arguments.Word(0)).Store.Copy();
                break;
            case "restore":
                Replace(arguments.Word(0), node => node.Backup ?? throw new ScriptFailure("there is no backup"));
                break;
            case "wipe":
                Wipe(arguments);
                break;
            case "damage":
                World.Node(arguments.Word(0)).Store.DamageVoteState();
                break;
            case "twin":
                Twin(arguments);
                break;
            default:
                DoForgery(arguments);
                break;
        }
    }

    private void Crash(ScriptArguments arguments)
    {
        if (arguments.ValueOrNull("at") is string point)
        {
            World.Node(arguments.Word(0)).CrashAt(point);
            return;
        }

        arguments.Words.ForEach(name => World.Node(name).Crash());
    }

    private void Restart(string name)
    {
        try
        {
            World.Node(name).Start();
        }
        catch (InvalidDataException error)
        {
            World.Say($"{name} does not start: {error.Message}");
        }
    }

    private void Unhold(string name)
    {
        World.Node(name).Executor.Release();
        Poke(World.Node(name));
    }

    private void Replace(string name, Func<ScriptNode, ScriptStore> with)
    {
        ScriptNode node = World.Node(name);
        if (node.IsUp)
        {
            throw new ScriptFailure($"{name} still runs");
        }

        node.Store = with(node).Copy();
    }

    // All, or only the chain, or only the votes.
    private void Wipe(ScriptArguments arguments) => Replace(arguments.Word(0), node => arguments.Words[1..] switch
    {
        [] => new ScriptStore(World.Chain),
        ["chain"] => node.Store.VotesOnly(),
        ["votes"] => node.Store.ChainOnly(),
        _ => throw new ScriptFailure("wipe what?"),
    });

    private void Twin(ScriptArguments arguments)
    {
        ScriptNode node = World.Node(arguments.Word(0));
        World.Safety.Mistrust(node.Seat);
        World.AddTwin(arguments.Value("as"), node.Seat, node.Store.Copy());
        Restart(arguments.Value("as"));
    }
}
