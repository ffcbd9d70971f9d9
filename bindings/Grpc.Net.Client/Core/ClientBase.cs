namespace Grpc.Core;

/// <summary>The base of all generated clients.</summary>
public abstract class ClientBase
{
    private readonly CallInvoker? callInvoker;

    /// <summary>A client without a channel, for test doubles that override its methods.</summary>
    protected ClientBase()
    {
    }

    /// <summary>A client over a channel.</summary>
    /// <param name="channel">The channel.</param>
    public ClientBase(ChannelBase channel)
    {
        ArgumentNullException.ThrowIfNull(channel);
        callInvoker = channel.CreateCallInvoker();
    }

    /// <summary>A client over something that makes calls.</summary>
    /// <param name="callInvoker">Makes the calls.</param>
    public ClientBase(CallInvoker callInvoker)
    {
        ArgumentNullException.ThrowIfNull(callInvoker);
        this.callInvoker = callInvoker;
    }

    /// <summary>A client with the configuration of another one.</summary>
    /// <param name="configuration">The configuration.</param>
    protected ClientBase(ClientBaseConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        callInvoker = configuration.CallInvoker;
    }

    /// <summary>Makes the calls.</summary>
    protected CallInvoker CallInvoker => callInvoker
        ?? throw new NotImplementedException("This client was made without a channel and cannot make calls.");

    /// <summary>What a client takes over from another one.</summary>
    protected internal class ClientBaseConfiguration
    {
        internal ClientBaseConfiguration(CallInvoker callInvoker)
        {
            CallInvoker = callInvoker;
        }

        internal CallInvoker CallInvoker { get; }
    }
}
