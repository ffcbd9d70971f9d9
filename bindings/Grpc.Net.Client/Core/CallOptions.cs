namespace Grpc.Core;

/// <summary>Options of one call.</summary>
public struct CallOptions
{
    /// <summary>Options of one call.</summary>
    /// <param name="headers">Metadata to send, or null.</param>
    /// <param name="deadline">When the call ends at the latest, in UTC, or null for never.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <param name="writeOptions">Options of writing requests, or null.</param>
    /// <param name="propagationToken">Not supported over HTTP; null.</param>
    /// <param name="credentials">Credentials of this call, or null.</param>
    public CallOptions(
        Metadata? headers = null,
        DateTime? deadline = null,
        CancellationToken cancellationToken = default,
        WriteOptions? writeOptions = null,
        ContextPropagationToken? propagationToken = null,
        CallCredentials? credentials = null)
    {
        Headers = headers;
        Deadline = deadline;
        CancellationToken = cancellationToken;
        WriteOptions = writeOptions;
        PropagationToken = propagationToken;
        Credentials = credentials;
    }

    /// <summary>Metadata to send, or null.</summary>
    public Metadata? Headers { get; private set; }

    /// <summary>When the call ends at the latest, in UTC, or null for never.</summary>
    public DateTime? Deadline { get; private set; }

    /// <summary>Cancels the call.</summary>
    public CancellationToken CancellationToken { get; private set; }

    /// <summary>Options of writing requests, or null.</summary>
    public WriteOptions? WriteOptions { get; private set; }

    /// <summary>Not supported over HTTP; null.</summary>
    public ContextPropagationToken? PropagationToken { get; private set; }

    /// <summary>Credentials of this call, or null.</summary>
    public CallCredentials? Credentials { get; private set; }

    /// <summary>The same options with other metadata.</summary>
    /// <param name="headers">Metadata to send.</param>
    public CallOptions WithHeaders(Metadata headers) => this with { Headers = headers };

    /// <summary>The same options with another deadline.</summary>
    /// <param name="deadline">In UTC.</param>
    public CallOptions WithDeadline(DateTime deadline) => this with { Deadline = deadline };

    /// <summary>The same options with another way to cancel.</summary>
    /// <param name="cancellationToken">Cancels the call.</param>
    public CallOptions WithCancellationToken(CancellationToken cancellationToken) =>
        this with { CancellationToken = cancellationToken };

    /// <summary>The same options with other options of writing.</summary>
    /// <param name="writeOptions">Options of writing requests.</param>
    public CallOptions WithWriteOptions(WriteOptions writeOptions) => this with { WriteOptions = writeOptions };

    /// <summary>The same options with other credentials.</summary>
    /// <param name="credentials">Credentials of this call.</param>
    public CallOptions WithCredentials(CallCredentials credentials) => this with { Credentials = credentials };
}
