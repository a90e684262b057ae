/** What runs on a host by itself: services, units and timers, under systemd, OpenRC or SysV. */
package dev.converge.service;
