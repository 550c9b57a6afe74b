return await SocialHub.Standalone.Commands.CommandLine.RunAsync(args);
